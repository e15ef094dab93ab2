/**
 * The authority's page for people: orders and their yield, disputes that wait for two operators, certificates by serial with their place in
 * the log, the log's newest checkpoint, the end of the audit log. It reads the register and changes nothing but by an operator's vote,
 * which the register decides about. No keys, no secrets; all texts of others reach the page as text.
 */
@NullMarked
package org.camseal.authority.console;

import org.jspecify.annotations.NullMarked;
