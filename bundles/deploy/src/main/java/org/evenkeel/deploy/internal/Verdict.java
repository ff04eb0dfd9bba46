package org.evenkeel.deploy.internal;

import org.evenkeel.deploy.DeployedJar.State;

/** What the judge says of a jar at one look. */
record Verdict(State state, String bundle, String words) {}
