/** The demonstration: simulated shops in the host itself, connected as any store is. */
package org.evenkeel.demo;
