#include "tools/chart.hpp"

#include "bench/catch.hpp"

namespace {

ChartEntry nanoseconds_each() {
    ChartEntry chart;
    chart.label = "sharing";
    chart.value = "seconds";
    chart.per = "count";
    chart.scale = 1e9;
    return chart;
}

std::vector<Bar> bars(const std::string& text) {
    return bars_of(read_csv(text, "table.csv"), nanoseconds_each());
}

// What is said of a table that cannot be drawn; empty where it can.
std::string complaint(const std::string& text) {
    try {
        bars(text);
    } catch (const CsvError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a table becomes bars, row by row, in the unit asked for") {
    const std::vector<Bar> drawn =
        bars("sharing,threads,count,seconds\nprivate,2,1000000,0.001\nmutex,2,500000,2.5e-2\n");
    REQUIRE(drawn.size() == 2);
    CHECK(drawn[0].label == "private");
    CHECK(drawn[0].value > 0.999);
    CHECK(drawn[0].value < 1.001);
    CHECK(drawn[1].label == "mutex");
    CHECK(drawn[1].value > 49.99);
    CHECK(drawn[1].value < 50.01);
}

TEST_CASE("columns may stand in any order, lines may end as on Windows, the last one may not end") {
    const std::vector<Bar> drawn = bars("seconds,sharing,count\r\n1,gil,1000000000\r\n2,mutex,1000000000");
    REQUIRE(drawn.size() == 2);
    CHECK(drawn[0].label == "gil");
    CHECK(drawn[1].value > 1.99);
}

TEST_CASE("a column by which nothing is divided need not be there") {
    ChartEntry chart = nanoseconds_each();
    chart.per.clear();
    chart.scale = 1;
    const std::vector<Bar> drawn = bars_of(read_csv("sharing,seconds\nall,3\n", "t"), chart);
    REQUIRE(drawn.size() == 1);
    CHECK(drawn[0].value > 2.99);
}

TEST_CASE("what is wrong with a table is told with its line and what is accepted") {
    struct Mistake {
        std::string text, said;
    };
    const std::string header = "sharing,count,seconds\n";
    const Mistake mistakes[] = {
        {"", "table.csv: is empty: give a header and a row for each bar"},
        {header, "table.csv: has a header alone: give a row for each bar"},
        {"sharing,count\na,1\n", "table.csv:1: there is no column seconds in 'sharing,count': give a header with it"},
        {"\n", "table.csv:1: there is no column sharing in '': give a header with it"},
        {header + "a,1,1\nb,1\n", "table.csv:3: 2 columns in 'b,1': give 3, as in the header 'sharing,count,seconds'"},
        {header + "a,1,1\n\n", "table.csv:3: 1 columns in '': give 3, as in the header 'sharing,count,seconds'"},
        {header + "a,1,fast\n", "table.csv:2: seconds is 'fast': give a number above 0"},
        {header + "a,1,1s\n", "table.csv:2: seconds is '1s': give a number above 0"},
        {header + "a,1,\n", "table.csv:2: seconds is '': give a number above 0"},
        {header + "a,1,nan\n", "table.csv:2: seconds is 'nan': give a number above 0"},
        {header + "a,1,1e999\n", "table.csv:2: seconds is '1e999': give a number above 0"},
        {header + "a,1,0x10\n", "table.csv:2: seconds is '0x10': give a number above 0"},
        {header + "a,1,-1\n", "table.csv:2: seconds is '-1': give a number above 0"},
        {header + "a,0,1\n", "table.csv:2: count is '0': give a number above 0"},
        {header + "a,1,\x1b[2J\n", "table.csv:2: seconds is '\\x1b[2J': give a number above 0"},
    };
    for (const Mistake& mistake : mistakes) {
        INFO(mistake.text);
        CHECK(complaint(mistake.text) == mistake.said);
    }
}

TEST_CASE("error bars come from a column of their own, and may be 0") {
    ChartEntry chart = nanoseconds_each();
    chart.error = "stdev";
    const std::vector<Bar> drawn = bars_of(read_csv("sharing,seconds,stdev,count\na,3,1,2\nb,3,0,2\n", "t"), chart);
    REQUIRE(drawn.size() == 2);
    CHECK(drawn[0].error > 0.499e9);
    CHECK(drawn[0].error < 0.501e9);
    CHECK(drawn[1].error == 0);
    CHECK_THROWS_AS(bars_of(read_csv("sharing,seconds,stdev,count\na,3,-1,2\n", "t"), chart), CsvError);
    CHECK_THROWS_AS(bars_of(read_csv("sharing,seconds,count\na,3,2\n", "t"), chart), CsvError);
}

TEST_CASE("lines before a table are not part of it") {
    const ChartEntry chart = nanoseconds_each();
    const std::string table = "sharing,seconds\nall,3\n";
    CHECK(table_in(table, chart) == table);
    CHECK(table_in("mode sharing, so far\nnot sharing,x\n" + table, chart) == table);
    CHECK(table_in("no table", chart) == "no table");
}
