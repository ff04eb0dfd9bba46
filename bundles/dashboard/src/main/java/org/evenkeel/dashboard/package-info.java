/**
 * The pages. A servlet per area reads a request, asks the services, and hands a view to a template; it decides nothing
 * about stock. {@link org.evenkeel.dashboard.Web} is the HTTP context that they share, {@link
 * org.evenkeel.dashboard.Gate} lets only people with a session through, {@link org.evenkeel.dashboard.Area} is what the
 * servlets have in common, {@link org.evenkeel.dashboard.Live} tells open pages what moved.
 */
package org.evenkeel.dashboard;
