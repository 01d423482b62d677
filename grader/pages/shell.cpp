#include "grader/pages/shell.hpp"

#include "grader/pages/shown.hpp"
#include "ground/text.hpp"
#include "support/base64.hpp"

namespace {

// As a Content-Security-Policy names what it allows.
std::string hash_source(const Asset& asset) {
    const std::string hex = asset.sha256;
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return "'sha256-" + to_base64(bytes) + "'";
}

}  // namespace

std::string page_of(const std::string& title, const Asset& script, const nlohmann::ordered_json& data) {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src " +
           hash_source(script) + "; style-src " + hash_source(style_sheet) +
           "; img-src data:; base-uri 'none'; form-action 'none'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
           "<title>" +
           as_xml(title) + "</title>\n<style>" + style_sheet.text +
           "</style>\n</head>\n<body>\n"
           "<noscript><p>This page is built by a script of its own, which is in the file, and JavaScript is off. Allow "
           "it for this file, or read the same report as text: ./kit grade prints it.</p></noscript>\n"
           "<script type=\"application/json\" id=\"data\">" +
           json_for_script(data) + "</script>\n<script>" + script.text + "</script>\n</body>\n</html>\n";
}
