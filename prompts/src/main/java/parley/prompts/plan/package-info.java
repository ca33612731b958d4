/// Words in, plan out. A planner proposes; it never calls a tool.
@NullMarked
package parley.prompts.plan;

import org.jspecify.annotations.NullMarked;
