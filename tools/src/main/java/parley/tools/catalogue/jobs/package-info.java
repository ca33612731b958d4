/// Long work that runs on a host by itself, as `parley-tx.service`: how it is started, followed,
/// found again and stopped.
@NullMarked
package parley.tools.catalogue.jobs;

import org.jspecify.annotations.NullMarked;
