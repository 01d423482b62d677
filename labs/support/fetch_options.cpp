#include "support/fetch_options.hpp"

#include "support/options.hpp"
#include "support/transfer.hpp"

FetchOptions parse_fetch_options(int argc, char** argv, const std::string& purpose) {
    FetchOptions options;
    Options flags(purpose);
    flags.names("URL", options.urls, {1, 500}, "what to fetch: http://host[:port][/path], up to 500");
    flags.example("http://127.0.0.1:8020/item/1?size=65536 http://127.0.0.1:8020/item/2");
    flags.parse(argc, argv);
    transfer::prepare();
    return options;
}
