#include "ground/markers.hpp"

#include <algorithm>
#include <optional>

#include "ground/marks.hpp"

namespace {

class Reader {
  public:
    Reader(const std::string& file, const std::vector<std::string>& questions)
        : file_(file), marks_(marks_in(file, questions)) {
        for (const std::string& question : questions) places_[question];
    }

    std::map<std::string, PlaceOfAnswer> read() {
        rename_copies();
        swap_back();
        for (const Mark& mark : marks_) note(mark);
        for (at_ = 0; at_ < marks_.size(); ++at_) pass(marks_[at_]);
        if (open_) close_without_end(file_.size());
        read_outside();
        return std::move(places_);
    }

  private:
    bool any(Mark::Kind kind, const std::string& question) const {
        return std::any_of(marks_.begin(), marks_.end(),
                           [&](const Mark& mark) { return mark.kind == kind && mark.question == question; });
    }
    bool is_asked(const std::string& question) const { return places_.count(question) > 0; }
    std::size_t line_of(std::size_t byte) const {
        const auto end = file_.begin() + static_cast<std::ptrdiff_t>(byte);
        return 1 + static_cast<std::size_t>(std::count(file_.begin(), end, '\n'));
    }
    static std::string marker(const Mark& mark) {
        return mark.kind == Mark::begin ? answer_begin(mark.question) : answer_end(mark.question);
    }
    void remark(const std::string& question, std::size_t byte, const std::string& what) {
        places_[question].remarks.push_back("line " + std::to_string(line_of(byte)) + ": " + what);
    }

    // A question was copied to make another: its markers stand a second time, under a question that has none.
    void rename_copies() {
        std::string section;
        std::map<std::string, std::string> home;  // of a marker: the heading that it was first under
        std::vector<std::pair<Mark*, std::string>> strayed;
        for (Mark& mark : marks_) {
            if (mark.kind == Mark::heading) {
                section = mark.question;
                continue;
            }
            const auto [first, fresh] = home.insert({marker(mark), section});
            const bool lost = !fresh && first->second != section && first->second == mark.question;
            if (lost && is_asked(section) && !any(Mark::begin, section) && !any(Mark::end, section))
                strayed.emplace_back(&mark, section);
        }
        for (const auto& [mark, question] : strayed) {
            const std::string was = marker(*mark);
            mark->question = question;
            remark(question, mark->from,
                   "the marker " + was + " is under question " + question + ": it was read as " + marker(*mark));
        }
    }

    // Where a question has one of each, in the wrong order and with nothing but its answer between them.
    void swap_back() {
        for (std::size_t i = 0; i + 1 < marks_.size(); ++i) {
            Mark &first = marks_[i], &second = marks_[i + 1];
            const bool mixed_up = first.kind == Mark::end && second.kind == Mark::begin;
            if (!mixed_up || first.question != second.question || count_of(first) > 1 || count_of(second) > 1) continue;
            std::swap(first.kind, second.kind);
            remark(first.question, first.from,
                   "the marker " + marker(second) + " comes before " + marker(first) +
                       ": what is between them was read; swap them");
        }
    }
    std::size_t count_of(const Mark& mark) const {
        return static_cast<std::size_t>(std::count_if(marks_.begin(), marks_.end(), [&mark](const Mark& other) {
            return other.kind == mark.kind && other.question == mark.question;
        }));
    }

    void note(const Mark& mark) {
        if (!is_asked(mark.question)) return;
        PlaceOfAnswer& place = places_[mark.question];
        if (mark.kind != Mark::heading) place.has_markers = true;
        if (mark.kind == Mark::heading && !place.has_heading) {
            place.has_heading = true;
            place.line = line_of(mark.from);
        }
        if (place.line == 0) place.line = line_of(mark.from);
    }

    void pass(const Mark& mark) {
        if (mark.kind == Mark::heading) {
            if (open_ && ends_later()) return;  // the answer quotes it
            if (open_) close_without_end(mark.from);
            last_ = mark.to;
        } else if (mark.kind == Mark::begin) {
            pass_begin(mark);
        } else {
            pass_end(mark);
        }
    }

    void pass_begin(const Mark& mark) {
        if (open_ && open_->question == mark.question) {
            add(mark.question, open_->to, mark.from);
            remark(mark.question, mark.from,
                   "the marker " + marker(mark) + " is here once more: what is before it and after it was read");
        } else if (open_) {
            close_without_end(mark.from);
        } else if (std::any_of(done_.begin(), done_.end(), [&](auto& one) { return one.question == mark.question; })) {
            remark(mark.question, mark.from,
                   "the marker " + marker(mark) + " is here once more: both of its answers were read");
        }
        open_ = mark;
        last_ = mark.to;
    }

    void pass_end(const Mark& mark) {
        if (!open_) {
            const bool again = !done_.empty() && done_.back().question == mark.question && done_.back().end == last_;
            add(mark.question, last_, mark.from);
            remark(mark.question, mark.from,
                   again ? "the marker " + marker(mark) + " is here once more: what is before it was read, too"
                         : "the marker " + answer_begin(mark.question) +
                               " is missing before this one: what is from line " + std::to_string(line_of(last_)) +
                               " on was read");
        } else {
            const std::string question = open_->question;
            add(question, open_->to, mark.from);
            if (question != mark.question)
                remark(question, mark.from,
                       "the marker " + marker(mark) + " is here in the place of " + answer_end(question) +
                           ": it was read as that");
        }
        open_.reset();
        last_ = mark.to;
        if (!done_.empty()) done_.back().end = last_;
    }

    bool ends_later() const {
        const auto next = std::find_if(marks_.begin() + static_cast<std::ptrdiff_t>(at_), marks_.end(),
                                       [](const Mark& mark) { return mark.kind != Mark::heading; });
        return next != marks_.end() && next->kind == Mark::end && next->question == open_->question;
    }

    void close_without_end(std::size_t to) {
        const std::string question = open_->question;
        add(question, open_->to, to);
        const bool at_end = file_.find_first_not_of(" \t\n", to) == std::string::npos;
        remark(question, open_->from,
               "the marker " + answer_end(question) + " is missing after this one: what is before " +
                   (at_end ? "the end of the file" : "line " + std::to_string(line_of(to))) + " was read");
        open_.reset();
    }

    void add(const std::string& question, std::size_t from, std::size_t to) {
        places_[question].pieces.push_back({line_of(from), file_.substr(from, to - from)});
        done_.push_back({question, from, to, to});
    }

    bool is_quoted(const Mark& heading) const {
        return std::any_of(done_.begin(), done_.end(),
                           [&](const Done& one) { return one.from <= heading.from && heading.from < one.to; });
    }

    // Under each heading, up to the next: what is neither an answer nor a marker.
    void read_outside() {
        std::vector<Mark> headings;
        std::vector<std::pair<std::size_t, std::size_t>> taken;
        for (const Mark& mark : marks_) {
            if (mark.kind != Mark::heading) taken.emplace_back(mark.from, mark.to);
            else if (!is_quoted(mark)) headings.push_back(mark);
        }
        for (const Done& one : done_) taken.emplace_back(one.from, one.to);
        std::sort(taken.begin(), taken.end());
        for (std::size_t i = 0; i < headings.size(); ++i) {
            if (!is_asked(headings[i].question)) continue;
            const std::size_t end = i + 1 < headings.size() ? headings[i + 1].from : file_.size();
            PlaceOfAnswer& place = places_[headings[i].question];
            std::vector<Piece>* side = &place.before;
            std::size_t from = headings[i].to;
            for (const auto& [first, last] : taken) {
                if (first < from || first >= end) continue;
                side->push_back({line_of(from), file_.substr(from, first - from)});
                side = &place.after;
                from = last;
            }
            side->push_back({line_of(from), file_.substr(from, std::max(from, end) - from)});
        }
    }

    struct Done {
        std::string question;
        std::size_t from, to;  // bytes of the file
        std::size_t end;       // after the marker that ended it
    };

    const std::string& file_;
    std::vector<Mark> marks_;
    std::map<std::string, PlaceOfAnswer> places_;
    std::vector<Done> done_;    // all pieces, in their order
    std::optional<Mark> open_;  // the marker whose piece is being read
    std::size_t at_ = 0;        // of the marks
    std::size_t last_ = 0;      // where the text after the last mark begins
};

}  // namespace

std::string answer_begin(const std::string& question) {
    return "<!-- answer " + question + " -->";
}

std::string answer_end(const std::string& question) {
    return "<!-- end of answer " + question + " -->";
}

std::map<std::string, PlaceOfAnswer> places_in(const std::string& file, const std::vector<std::string>& questions) {
    return Reader(file, questions).read();
}
