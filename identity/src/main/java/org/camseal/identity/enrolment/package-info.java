/**
 * What both ends of an enrolment write and read: bodies and names of EST (RFC 7030, RFC 8951). Pure codecs, without sockets; who may ask
 * for what, and whether an answer is right, is decided elsewhere.
 */
@NullMarked
package org.camseal.identity.enrolment;

import org.jspecify.annotations.NullMarked;
