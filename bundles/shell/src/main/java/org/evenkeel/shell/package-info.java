/** Commands of the scope {@code evenkeel} for the Gogo shell. */
package org.evenkeel.shell;
