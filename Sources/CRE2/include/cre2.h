#ifndef CRE2_H
#define CRE2_H

// A plain C face of RE2: compiled patterns and pattern sets over raw bytes.
//
// Compiled values are immutable and may be matched on several threads at once. No function throws
// or prints; strings belong to the value they came from.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_pattern cre2_pattern;
typedef struct cre2_set cre2_set;

typedef struct {
  int64_t max_memory_bytes;
  bool bytes;  // text and pattern are bytes, not UTF-8
  bool case_insensitive;
  bool dot_matches_newline;
} cre2_options;

// Byte offsets; both -1 for a group that took no part in the match.
typedef struct {
  ptrdiff_t start;
  ptrdiff_t end;
} cre2_span;

typedef enum { CRE2_ANYWHERE = 0, CRE2_AT_START = 1, CRE2_WHOLE = 2 } cre2_anchor;

// Never null unless memory ran out; ask cre2_pattern_error before anything else.
cre2_pattern *cre2_pattern_new(const char *text, size_t length, cre2_options options);
void cre2_pattern_delete(cre2_pattern *pattern);
// RE2's message, or null when the pattern compiled.
const char *cre2_pattern_error(const cre2_pattern *pattern);
int cre2_pattern_group_count(const cre2_pattern *pattern);
// The name of a capture group, counted from 1, or null.
const char *cre2_pattern_group_name(const cre2_pattern *pattern, int group);
// 1 match, 0 none, -1 RE2 failed. spans[0] is the whole match.
int cre2_pattern_match(const cre2_pattern *pattern, const void *text, size_t length, size_t from,
                       cre2_anchor anchor, cre2_span *spans, int span_count);

cre2_set *cre2_set_new(cre2_options options);
void cre2_set_delete(cre2_set *set);
// The index of the pattern, or -1; the message is then in cre2_set_error.
int cre2_set_add(cre2_set *set, const char *text, size_t length);
bool cre2_set_compile(cre2_set *set);
const char *cre2_set_error(const cre2_set *set);
// How many patterns occur in text, -1 when RE2 failed. Writes at most capacity indices, unsorted.
int cre2_set_match(const cre2_set *set, const void *text, size_t length, int32_t *indices,
                   int capacity);

#ifdef __cplusplus
}
#endif

#endif
