// A verdict travels as one record: whole and well-formed, or not at all.
#include "grader/judge/record.hpp"

#include "bench/catch.hpp"

namespace {

const Judgement sample{false, "Alice printed 3...", "Bob asleep", "because", "labs/README.md#step-3"};

}  // namespace

TEST_CASE("a record carries the whole judgement") {
    const std::optional<Judgement> back = from_record(to_record(sample));
    REQUIRE(back);
    CHECK_FALSE(back->holds);
    CHECK(back->saw == sample.saw);
    CHECK(back->expected == sample.expected);
    CHECK(back->why == sample.why);
    CHECK(back->read == sample.read);
}

TEST_CASE("a record is one line, whatever was seen") {
    Judgement odd = sample;
    odd.saw = std::string("line\nline\0\xff\xe2\x80 \"quoted\"", 26);
    const std::string record = to_record(odd);
    CHECK(record.find('\n') == record.size() - 1);
    const std::optional<Judgement> back = from_record(record);
    REQUIRE(back);
    CHECK(back->saw.rfind(std::string("line\nline\0", 10), 0) == 0);
}

TEST_CASE("anything but exactly one whole record is none") {
    const std::string record = to_record(sample);
    for (const std::string& text :
         {std::string(), record.substr(0, record.size() - 1), record.substr(0, 20), record.substr(1), record + record,
          std::string("null\n"), std::string("{}\n"), std::string("[]\n"),
          std::string("{\"holds\":1,\"saw\":\"\",\"expected\":\"\",\"why\":\"\",\"read\":\"\"}\n"),
          std::string("{\"holds\":true}\n")}) {
        CAPTURE(text);
        CHECK_FALSE(from_record(text));
    }
}

TEST_CASE("a criterion that could not judge records why, and that is no verdict") {
    const std::string record = to_failure_record("no room: allow more");
    CHECK(failure_from_record(record) == "no room: allow more");
    CHECK_FALSE(from_record(record));
    CHECK(failure_from_record(to_record(sample) + record) == "no room: allow more");  // it failed behind its verdict
    for (const std::string& text : {std::string(), to_record(sample), record.substr(0, record.size() - 1),
                                    std::string("{\"failed\":1}\n"), record + to_record(sample)}) {
        CAPTURE(text);
        CHECK(failure_from_record(text).empty());
    }
}
