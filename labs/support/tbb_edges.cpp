// oneTBB's library orders tasks in ways that ThreadSanitizer does not see. What one of them hands to another would be
// taken for a race, so what its threads do in tasks is left out; whatever else a program does is not.
extern "C" {

// For the linker, which takes this file only for what it looks for; ThreadSanitizer's own library has the other one.
extern const char kit_leaves_out_tasks = 0;

#ifdef __SANITIZE_THREAD__
const char* __tsan_default_suppressions() {
    return "race:libtbb.so\n";
}
#endif
}
