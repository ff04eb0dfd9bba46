/** The simulator by HTTP: placing orders, reading shelves, moving the clock, breaking things. */
package org.evenkeel.simulator.control;
