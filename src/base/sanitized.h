/* sanitized.h: whether this is a build for AddressSanitizer (with its leak check) ThreadSanitizer or MemorySanitizer,
 * which look into their own process as an intruder would, bring an allocator of their own, and are slow. gcc says so
 * with a macro, clang answers a question. */
#ifndef BASE_SANITIZED_H
#define BASE_SANITIZED_H

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(leak_sanitizer)
#define IS_ADDRESS_SANITIZED
#endif
#if __has_feature(thread_sanitizer)
#define IS_THREAD_SANITIZED
#endif
#if __has_feature(memory_sanitizer)
#define IS_MEMORY_SANITIZED
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define IS_ADDRESS_SANITIZED
#endif
#ifdef __SANITIZE_THREAD__
#define IS_THREAD_SANITIZED
#endif
#if defined(IS_ADDRESS_SANITIZED) || defined(IS_THREAD_SANITIZED) || defined(IS_MEMORY_SANITIZED)
#define IS_SANITIZED
#endif

#endif
