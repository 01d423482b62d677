// Amdahl's law, the fraction fitted to a table, and the picture of both.
#include "tools/amdahl.hpp"

#include <cmath>
#include <string>

#include "bench/catch.hpp"
#include "tools/gnuplot.hpp"

namespace {

bool near(double a, double b) {
    return std::abs(a - b) < 1e-9;
}

std::vector<SpeedupPoint> rows_by_the_law(double serial_fraction) {
    std::vector<SpeedupPoint> points;
    for (double threads = 1; threads <= 16; threads *= 2) points.push_back({threads, amdahl(serial_fraction, threads)});
    return points;
}

ChartEntry gain() {
    ChartEntry chart;
    chart.program = "scaling";
    chart.title = "How the gain fades";
    chart.unit = "speed-up";
    chart.label = "threads";
    chart.value = "speedup";
    return chart;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string complaint(const std::string& table) {
    try {
        points_of(read_csv(table, "table.csv"), gain());
    } catch (const CsvError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("Amdahl's law: nothing serial is the ideal, all serial gains nothing") {
    CHECK(near(amdahl(0, 16), 16));
    CHECK(near(amdahl(1, 16), 1));
    CHECK(near(amdahl(0.5, 2), 4.0 / 3));
    CHECK(amdahl(0.05, 1e9) < 20);
}

TEST_CASE("the fraction that is fitted to rows made by the law is the law's") {
    for (const double fraction : {0.0, 0.003, 0.05, 0.5, 1.0})
        CHECK(near(*fitted_serial_fraction(rows_by_the_law(fraction)), fraction));
}

TEST_CASE("between rows that disagree lies the fraction of the least squares") {
    const std::vector<SpeedupPoint> two = {{2, amdahl(0.1, 2)}, {2, amdahl(0.3, 2)}};
    CHECK(near(*fitted_serial_fraction(two), std::sqrt(1.1 * 1.3) - 1));

    const std::vector<SpeedupPoint> rows = {{1, 1}, {2, 2.1}, {4, 3.9}, {8, 6.5}, {16, 7.5}};
    const auto squares = [&rows](double fraction) {
        double sum = 0;
        for (const SpeedupPoint& row : rows) sum += std::pow(std::log(row.speedup / amdahl(fraction, row.threads)), 2);
        return sum;
    };
    const double fraction = *fitted_serial_fraction(rows);
    for (int k = 0; k <= 1000; ++k) CHECK(squares(fraction) <= squares(k / 1000.0));
}

TEST_CASE("a fraction is from 0 to 1, whatever was measured") {
    CHECK(near(*fitted_serial_fraction({{1, 1}, {2, 2.5}, {4, 6}}), 0));
    CHECK(near(*fitted_serial_fraction({{1, 1}, {2, 0.5}, {4, 0.25}}), 1));
}

TEST_CASE("one thread tells nothing about others") {
    CHECK_FALSE(fitted_serial_fraction({{1, 1}}));
    CHECK_FALSE(fitted_serial_fraction({}));
    CHECK_FALSE(contains(speedup_script(gain(), {{1, 1}}, "scaling"), "Amdahl"));
}

TEST_CASE("a table of speed-ups becomes points") {
    const std::vector<SpeedupPoint> points =
        points_of(read_csv("threads,seconds,speedup\n1,0.2,1.000\n2,0.125,1.6\n", "table.csv"), gain());
    REQUIRE(points.size() == 2);
    CHECK(near(points[1].threads, 2));
    CHECK(near(points[1].speedup, 1.6));
    CHECK(contains(complaint("threads,speedup\n1,-nan\n"), "table.csv:2: speedup is '-nan'"));
    CHECK(contains(complaint("threads,speedup\none,1\n"), "threads is 'one'"));
    CHECK(contains(complaint("threads,seconds\n1,1\n"), "no column speedup"));
    CHECK(contains(complaint("threads,speedup\n"), "header alone"));
}

TEST_CASE("the picture names the fitted fraction, and shows points, ideal and law") {
    const std::string script = speedup_script(gain(), rows_by_the_law(0.05), "scaling --work \"io\"");
    CHECK(contains(script, "serial fraction 0.0500'"));
    CHECK(contains(script, "set xtics (1, 2, 4, 8, 16)"));
    CHECK(contains(script, "\n16 9.14286 \"9.14\"\n"));
    CHECK(contains(script, "title 'ideal"));
    CHECK(contains(script, "set output 'scaling.svg'"));
    CHECK(contains(script, "\"scaling --work 'io'\""));
}
