package org.evenkeel.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:0db8:0001:0002::9, 2001:db8:1:2::/64",
        "2001:db8::1, 2001:db8:0:0::/64",
        "[2001:DB8:1:2::1], 2001:db8:1:2::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::1, ::1",
        "0:0:0:0:0:0:0:1, 0:0:0:0::/64",
        "::ffff:192.0.2.7, ::ffff:192.0.2.7",
    })
    void countsIpv6ByNetwork(String remote, String key) {
        assertThat(RemoteAddress.key(remote)).isEqualTo(key);
    }

    @Test
    void isNeverLong() {
        assertThat(RemoteAddress.key("x".repeat(1000))).hasSize(60);
        assertThat(RemoteAddress.key(null)).isEmpty();
    }
}
