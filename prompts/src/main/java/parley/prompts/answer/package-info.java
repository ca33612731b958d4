/// Readings in, words out: every sentence names the evidence it rests on.
@NullMarked
package parley.prompts.answer;

import org.jspecify.annotations.NullMarked;
