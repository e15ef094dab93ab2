/**
 * The owner's own certificate for TLS, beside the one a device was born with: a key of its own in the element, a request for any authority,
 * the chain that came back, or a certificate signed by that key itself. It says nothing of which device this is and never stands in for
 * the maker's certificate: peers of ours know a camera by the device root ({@code docs/guide/certificates.md}).
 */
@NullMarked
package org.camseal.identity.customer;

import org.jspecify.annotations.NullMarked;
