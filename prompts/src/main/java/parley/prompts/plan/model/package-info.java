/// The planner that asks a language model, over any endpoint that speaks OpenAI's chat protocol.
/// The only package that opens HTTP to a model.
@NullMarked
package parley.prompts.plan.model;

import org.jspecify.annotations.NullMarked;
