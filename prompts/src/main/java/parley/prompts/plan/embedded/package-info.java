/// The planner without a model: a grammar in files accepts, nothing guesses.
///
/// A request is normalised ([NormalText]), cut into tokens ([Spotter]), into segments ([Segments]),
/// each segment is matched against the grammar ([Matcher]), and what comes out is decided on
/// ([Decision]).
@NullMarked
package parley.prompts.plan.embedded;

import org.jspecify.annotations.NullMarked;
