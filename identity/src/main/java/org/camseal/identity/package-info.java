/** Key handles, certificates, device root, trust evaluation, TLS contexts. */
@NullMarked
package org.camseal.identity;

import org.jspecify.annotations.NullMarked;
