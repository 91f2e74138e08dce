/// What most teams would build instead: Spring MVC on Tomcat, JPA with `@Version`, ETags by hand.
@NullMarked
package io.rowstream.rivals;

import org.jspecify.annotations.NullMarked;
