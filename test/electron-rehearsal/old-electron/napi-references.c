/*
 * Since Node-API 10 a reference may hold a primitive value; in Node-API 8, which old Electrons have,
 * that fails with `napi_object_expected`. better-sqlite3 keeps eleven strings that way. The copy of
 * its addon imports these three functions instead (sqlite-addon.ts); here a primitive is kept inside
 * an object.
 */
#include <stddef.h>

typedef void *handle; /* napi_env, napi_value, napi_ref */
typedef int status;   /* napi_status */

enum { ok = 0, invalid_argument = 1, object_expected = 2 };

extern status napi_create_reference(handle env, handle value, unsigned count, handle *reference);
extern status napi_get_reference_value(handle env, handle reference, handle *value);
extern status napi_delete_reference(handle env, handle reference);
extern status napi_create_object(handle env, handle *object);
extern status napi_set_named_property(handle env, handle object, const char *name, handle value);
extern status napi_get_named_property(handle env, handle object, const char *name, handle *value);

#define EXPORT __attribute__((visibility("default")))
#define MOST_BOXES 4096

static const char *const CONTENT = "content";
static handle boxes[MOST_BOXES];
static int box_count;

static int index_of(handle reference) {
  for (int index = 0; index < box_count; index += 1)
    if (boxes[index] == reference) return index;
  return -1;
}

EXPORT status nbpi_create_reference(handle env, handle value, unsigned count, handle *reference) {
  status result = napi_create_reference(env, value, count, reference);
  if (result != invalid_argument && result != object_expected) return result;
  if (box_count == MOST_BOXES) return result;
  handle box;
  if ((result = napi_create_object(env, &box)) != ok) return result;
  if ((result = napi_set_named_property(env, box, CONTENT, value)) != ok) return result;
  if ((result = napi_create_reference(env, box, count, reference)) != ok) return result;
  boxes[box_count] = *reference;
  box_count += 1;
  return ok;
}

EXPORT status nbpi_get_reference_value(handle env, handle reference, handle *value) {
  status result = napi_get_reference_value(env, reference, value);
  if (result != ok || *value == NULL || index_of(reference) < 0) return result;
  return napi_get_named_property(env, *value, CONTENT, value);
}

EXPORT status nbpi_delete_reference(handle env, handle reference) {
  int index = index_of(reference);
  if (index >= 0) {
    box_count -= 1;
    boxes[index] = boxes[box_count];
  }
  return napi_delete_reference(env, reference);
}

EXPORT handle napi_register_module_v1(handle env, handle exports) {
  (void)env;
  return exports;
}
