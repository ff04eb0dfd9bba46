/** Completes the API's description while the bundle is built; nothing in the bundle calls it. */
package org.evenkeel.rest.description;
