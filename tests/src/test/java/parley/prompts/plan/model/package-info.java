@NullMarked
package parley.prompts.plan.model;

import org.jspecify.annotations.NullMarked;
