#include "cre2.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

RE2::Options re2_options(const cre2_options &options) {
  RE2::Options made;
  made.set_log_errors(false);
  made.set_max_mem(options.max_memory_bytes);
  made.set_case_sensitive(!options.case_insensitive);
  made.set_dot_nl(options.dot_matches_newline);
  if (options.bytes) made.set_encoding(RE2::Options::EncodingLatin1);
  return made;
}

constexpr int kSpansOnStack = 16;

}  // namespace

struct cre2_pattern {
  RE2 re;
  cre2_pattern(re2::StringPiece text, const RE2::Options &options) : re(text, options) {}
};

struct cre2_set {
  RE2::Set set;
  std::string error;
  explicit cre2_set(const RE2::Options &options) : set(options, RE2::UNANCHORED) {}
};

cre2_pattern *cre2_pattern_new(const char *text, size_t length, cre2_options options) {
  try {
    return new cre2_pattern(re2::StringPiece(text, length), re2_options(options));
  } catch (...) {
    return nullptr;
  }
}

void cre2_pattern_delete(cre2_pattern *pattern) { delete pattern; }

const char *cre2_pattern_error(const cre2_pattern *pattern) {
  return pattern->re.ok() ? nullptr : pattern->re.error().c_str();
}

int cre2_pattern_group_count(const cre2_pattern *pattern) {
  return pattern->re.NumberOfCapturingGroups();
}

const char *cre2_pattern_group_name(const cre2_pattern *pattern, int group) {
  const auto &names = pattern->re.CapturingGroupNames();
  const auto found = names.find(group);
  return found == names.end() ? nullptr : found->second.c_str();
}

int cre2_pattern_match(const cre2_pattern *pattern, const void *text, size_t length, size_t from,
                       cre2_anchor anchor, cre2_span *spans, int span_count) {
  try {
    const auto *bytes = static_cast<const char *>(text == nullptr ? "" : text);
    const auto at = anchor == CRE2_WHOLE      ? RE2::ANCHOR_BOTH
                    : anchor == CRE2_AT_START ? RE2::ANCHOR_START
                                              : RE2::UNANCHORED;
    re2::StringPiece stack[kSpansOnStack];
    std::vector<re2::StringPiece> heap;
    re2::StringPiece *groups = stack;
    if (span_count > kSpansOnStack) {
      heap.resize(static_cast<size_t>(span_count));
      groups = heap.data();
    }
    if (!pattern->re.Match(re2::StringPiece(bytes, length), from, length, at, groups, span_count)) {
      return pattern->re.ok() ? 0 : -1;
    }
    for (int i = 0; i < span_count; i++) {
      const bool took_part = groups[i].data() != nullptr;
      spans[i].start = took_part ? groups[i].data() - bytes : -1;
      spans[i].end = took_part ? spans[i].start + static_cast<ptrdiff_t>(groups[i].size()) : -1;
    }
    return 1;
  } catch (...) {
    return -1;
  }
}

cre2_set *cre2_set_new(cre2_options options) {
  try {
    return new cre2_set(re2_options(options));
  } catch (...) {
    return nullptr;
  }
}

void cre2_set_delete(cre2_set *set) { delete set; }

int cre2_set_add(cre2_set *set, const char *text, size_t length) {
  try {
    return set->set.Add(re2::StringPiece(text, length), &set->error);
  } catch (...) {
    return -1;
  }
}

bool cre2_set_compile(cre2_set *set) {
  try {
    return set->set.Compile();
  } catch (...) {
    return false;
  }
}

const char *cre2_set_error(const cre2_set *set) { return set->error.c_str(); }

int cre2_set_match(const cre2_set *set, const void *text, size_t length, int32_t *indices,
                   int capacity) {
  try {
    thread_local std::vector<int> found;
    found.clear();
    RE2::Set::ErrorInfo info;
    const auto *bytes = static_cast<const char *>(text == nullptr ? "" : text);
    if (!set->set.Match(re2::StringPiece(bytes, length), &found, &info)) {
      return info.kind == RE2::Set::kNoError ? 0 : -1;
    }
    const int count = static_cast<int>(found.size());
    for (int i = 0; i < count && i < capacity; i++) indices[i] = found[static_cast<size_t>(i)];
    return count;
  } catch (...) {
    return -1;
  }
}
