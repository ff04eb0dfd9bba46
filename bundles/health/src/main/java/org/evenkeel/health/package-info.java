/** Health checks of the stores, for Felix Health Checks at {@code /system/health}. */
package org.evenkeel.health;
