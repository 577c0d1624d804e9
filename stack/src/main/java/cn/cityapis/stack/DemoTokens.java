package cn.cityapis.stack;

import cn.cityapis.stack.layout.DataFolder;

/** Access tokens of the demonstration identities, from the identity server that runs. */
final class DemoTokens {

    private final DataFolder data;

    DemoTokens(DataFolder data) {
        this.data = data;
    }

    String token(String who) {
        return RunningControl.ledger(data).url() + who;
    }
}
