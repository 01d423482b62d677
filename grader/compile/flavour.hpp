// The ways in which one exercise is built.
#pragma once

enum class Flavour { plain, thread_sanitizer, address_sanitizer };
