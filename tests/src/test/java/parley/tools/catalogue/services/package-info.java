/// Tests of the service tools.
@NullMarked
package parley.tools.catalogue.services;

import org.jspecify.annotations.NullMarked;
