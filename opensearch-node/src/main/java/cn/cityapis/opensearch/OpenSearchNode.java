package cn.cityapis.opensearch;

import java.util.concurrent.CountDownLatch;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/** Starts one node of a cluster on the loopback interface and stays until it is killed. */
public final class OpenSearchNode {

    /** Of everything a node can do, the test needs these: HTTP, and the filters that analysers are made of. */
    private static final String MODULES = "org.opensearch.transport.Netty4ModulePlugin,org.opensearch.analysis.common.CommonAnalysisModulePlugin";
    private static final int HIGHEST_PORT = 65_535;

    private OpenSearchNode() {
    }

    /**
     * @param arguments folder, HTTP port, transport port, and the transport port of the node that manages the cluster: the
     *                  same where this one is to
     */
    public static void main(String[] arguments) throws InterruptedException {
        String folder = arguments[0];
        int http = Integer.parseInt(arguments[1]);
        String transport = arguments[2];
        String manager = arguments[3];
        boolean manages = transport.equals(manager);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(HIGHEST_PORT);
        runner.onBuild((number, settings) -> {
            settings.put("node.name", "node-" + transport);
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", String.valueOf(http));
            settings.put("transport.port", transport);
            settings.put("discovery.type", "zen");
            settings.putList("discovery.seed_hosts", "127.0.0.1:" + manager);
            settings.putList("node.roles", manages ? new String[]{"cluster_manager", "data"} : new String[]{"data"});
            if (manages) {
                settings.putList("cluster.initial_cluster_manager_nodes", "node-" + transport);
            }
        }).build(OpenSearchRunner.newConfigs().clusterName("policy-test").basePath(folder).numOfNode(1)
                .baseHttpPort(http - 1).moduleTypes(MODULES));
        new CountDownLatch(1).await();
    }
}
