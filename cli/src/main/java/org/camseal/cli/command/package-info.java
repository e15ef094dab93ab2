/** What every command has: how it fails and ends, its settings, its output, the names on its command line. */
@NullMarked
package org.camseal.cli.command;

import org.jspecify.annotations.NullMarked;
