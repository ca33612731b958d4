/// The embedded planner, judged on requests as people write them.
@NullMarked
package parley.prompts.plan.embedded;

import org.jspecify.annotations.NullMarked;
