/// `$batch`: many requests in one multipart body, and the answer to it.
@NullMarked
package io.rowstream.odata.batch;

import org.jspecify.annotations.NullMarked;
