// What stb_image takes on trust. Each of these returns a file that may be handed to it, and throws
// std::runtime_error, with the reason, where there is none.
#pragma once

#include <string>

// `file` begins with PNG's signature. Every checksum is right, and the last part is there. A palette has 256
// colours in what is returned: a pixel may name one that is not in the file, and is black then.
std::string checked_png(const std::string& file);

// `file` begins with FF D8. The end is there, and no table of codes has more than there is room for.
std::string checked_jpeg(const std::string& file);

// `file` begins with BM. It has no palette: stb_image makes up the colours that are missing in one.
std::string checked_bmp(const std::string& file);
