/**
 * The owner's own certificates, for TLS and for signing video, beside those a device was born with: for each a key of its own in the element, a
 * request for any authority, and the chain that came back; for TLS also a certificate signed by that key itself. They say nothing of which device this
 * is and never stand in for the maker's: peers of ours know a camera by the device root ({@code docs/guide/certificates.md}).
 */
@NullMarked
package org.camseal.identity.customer;

import org.jspecify.annotations.NullMarked;
