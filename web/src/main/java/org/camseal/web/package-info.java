/** HTTPS server edge shared by the consoles: routes, JSON, security headers. */
@NullMarked
package org.camseal.web;

import org.jspecify.annotations.NullMarked;
