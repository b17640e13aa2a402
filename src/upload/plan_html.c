#include "upload/plan.h"
void upload_plan_html(const struct upload_plan *plan, struct buffer *out) { upload_plan_text(plan, false, out); }
