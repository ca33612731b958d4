@NullMarked
package parley.prompts.answer;

import org.jspecify.annotations.NullMarked;
