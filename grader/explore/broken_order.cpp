#include "grader/explore/broken_order.hpp"

#include <nlohmann/json.hpp>

#include "grader/explore/story.hpp"

namespace explore {

namespace {

constexpr std::size_t longest = 30'000;  // of a criterion's record, which goes through a pipe

nlohmann::ordered_json document_of(const BrokenOrder& order) {
    return {{"arguments", order.arguments},
            {"choices", order.choices},
            {"names", order.names},
            {"exit_code", order.exit_code},
            {"schedule", order.schedule},
            {"problem", order.problem},
            {"decided_at", order.decision.point},
            {"instead", order.decision.instead},
            {"was_woken", order.decision.was_woken}};
}

BrokenOrder order_in(const nlohmann::json& document) {
    return {document.at("arguments"),
            document.at("choices"),
            document.at("names"),
            document.at("exit_code"),
            document.at("schedule"),
            document.at("problem"),
            {document.at("decided_at"), document.at("instead"), document.at("was_woken")}};
}

std::string dumped(const nlohmann::ordered_json& document) {
    return document.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

}  // namespace

BrokenOrder broken_order(Player& player, const std::vector<std::string>& arguments, const Names& names, int exit_code,
                         const std::string& problem, unsigned long budget, const Judge& wrong) {
    BrokenOrder order{arguments, player.choices(), names, exit_code, schedule(player, names), problem, {}};
    while (!order.choices.empty() && order.choices.back() == 0) order.choices.pop_back();
    order.decision = decision_of(player, order.choices, budget, wrong);
    return order;
}

std::optional<History> history_of(const std::filesystem::path& executable, const BrokenOrder& order,
                                  const std::string& name, const std::string& source) {
    Player player(executable, order.arguments);
    player.play(order.choices);
    if (schedule(player, order.names) != order.schedule) return std::nullopt;
    return history_of(player, {name, source, order.names, order.problem, order.decision});
}

std::string to_json(const BrokenOrder& order) {
    const std::string text = dumped(document_of(order));
    return text.size() > longest ? "" : text;
}

std::optional<BrokenOrder> broken_order_from(const std::string& json) {
    try {
        return order_in(nlohmann::json::parse(json));
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

std::string to_json(const KeptOrder& kept) {
    nlohmann::ordered_json document = document_of(kept.order);
    document["criterion"] = kept.criterion;
    document["digest"] = kept.digest;
    return dumped(document) + "\n";
}

std::optional<KeptOrder> kept_order_from(const std::string& json) {
    try {
        const nlohmann::json document = nlohmann::json::parse(json);
        return KeptOrder{order_in(document), document.at("criterion"), document.at("digest")};
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

}  // namespace explore
