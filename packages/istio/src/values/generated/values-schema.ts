/**
 * Values of Istio with their types, words and defaults, for each minor. Written by `pnpm --filter @orbweaver/schemas generate`
 * from the Go modules below; do not edit. The texts are Istio's own.
 *
 * 1.27: istio.io/istio v0.0.0-20260403063052-b9159ca3e5d5 (1.27.9), istio.io/api v1.27.5
 * 1.28: istio.io/istio v0.0.0-20260114100434-4c1f845d839e (1.28.3), istio.io/api v1.28.3
 * 1.29: istio.io/istio v0.0.0-20260306174214-6991a379e1fc (1.29.1), istio.io/api v1.29.2
 * 1.30: istio.io/istio v0.0.0-20260423205519-b01690e6db7d (1.30.0), istio.io/api v1.30.3
 * 1.31: istio.io/istio v0.0.0-20260827124520-eed52ebb66ad (1.31), istio.io/api v1.31.0
 *
 * Copyright Istio Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with the
 * License. You may obtain a copy of the License at http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an
 * "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the specific
 * language governing permissions and limitations under the License.
 */
export const valuesDigest = '75714603487b9dc5daedd069bc6a5454defc784056e3dbbbe7f741d2c859babc'
export const valuesJson: string = String.raw`{
"newest":"1.31",
"base":{
 "types":{
  "Values":{
   "global":["GlobalConfig","Global configuration for Istio components."],
   "pilot":["PilotConfig","Configuration for the Pilot component."],
   "telemetry":["TelemetryConfig","Controls whether telemetry is exported for Pilot."],
   "sidecarInjectorWebhook":["SidecarInjectorConfig","Configuration for the sidecar injector webhook."],
   "revision":["string","Identifies the revision this installation is associated with."],
   "meshConfig":["mesh.MeshConfig","Defines runtime configuration of components, including Istiod and istio-agent behavior.\nSee https://istio.io/docs/reference/config/istio.mesh.v1alpha1/ for all available options.\nTODO can this import the real mesh config API?"],
   "base":["BaseConfig","Configuration for the base component."],
   "istiodRemote":["IstiodRemoteConfig","Configuration for istiod-remote.\nDEPRECATED - istiod-remote chart is removed and replaced with\n\u0060istio-discovery --set values.istiodRemote.enabled=true\u0060",1],
   "defaultRevision":["string","The name of the default revision in the cluster."],
   "profile":["string","Specifies which installation configuration profile to apply."],
   "compatibilityVersion":["string","Specifies the compatibility version to use. When this is set, the control plane will\nbe configured with the same defaults as the specified version."],
   "experimental":["ExperimentalConfig","Specifies experimental helm fields that could be removed or changed in the future"],
   "gatewayClasses":["object","Configuration for Gateway Classes"]
   },
  "ExperimentalConfig":{
   "stableValidationPolicy":["bool","Controls whether the experimental feature is enabled."]
   },
  "IstiodRemoteConfig":{
   "injectionURL":["string","URL to use for sidecar injector webhook."],
   "injectionPath":["string","Path to use for the sidecar injector webhook service."],
   "injectionCABundle":["string","injector ca bundle"],
   "enabled":["bool","Indicates if this cluster/install should consume a \"remote\" istiod instance,"],
   "enabledLocalInjectorIstiod":["bool","If \u0060true\u0060, indicates that this cluster/install should consume a \"local istiod\" installation,\nlocal istiod inject sidecars"]
   },
  "BaseConfig":{
   "excludedCRDs":["string[]","CRDs to exclude. Requires \u0060enableCRDTemplates\u0060"],
   "validationURL":["string","URL to use for validating webhook."],
   "validationCABundle":["string","validation webhook CA bundle"]
   },
  "mesh.MeshConfig":{
   "proxyListenPort":["int","Port on which Envoy should listen for all outbound traffic to other services.\nDefault port is 15001."],
   "proxyInboundListenPort":["int","Port on which Envoy should listen for all inbound traffic to the pod/vm will be captured to.\nDefault port is 15006."],
   "proxyHttpPort":["int","Port on which Envoy should listen for HTTP PROXY requests if set."],
   "connectTimeout":["duration","Connection timeout used by Envoy. (MUST be >=1ms)\nDefault timeout is 10s."],
   "hboneIdleTimeout":["duration","Idle timeout configured on Envoy proxies for their connection pools to ztunnel via HBONE.\nThis controls how long Envoy will keep idle connections to ztunnel before closing them.\nNote: This setting is applied only on the Envoy proxy side; ztunnel does not use it.\nDefault timeout is 1 hour (3600s).\nFor environments with aggressive IP address reuse, it is recommended to set\nthis to a value less than the CNI IP cooldown period to prevent stale connection reuse.\nFor example, if your CNI has a 30s cooldown period, setting this to 15s is recommended."],
   "protocolDetectionTimeout":["duration","Automatic protocol detection uses a set of heuristics to\ndetermine whether the connection is using TLS or not (on the\nserver side), as well as the application protocol being used\n(e.g., http vs tcp). These heuristics rely on the client sending\nthe first bits of data. For server first protocols like MySQL,\nMongoDB, etc. Envoy will timeout on the protocol detection after\nthe specified period, defaulting to non mTLS plain TCP\ntraffic. Set this field to tweak the period that Envoy will wait\nfor the client to send the first bits of data. (MUST be >=1ms or\n0s to disable). Default detection timeout is 0s (no timeout).\n\nSetting a timeout is not recommended nor safe. Even high timeouts (>5s) will be hit\noccasionally, and when they occur the result is typically broken traffic that may not\nrecover on its own. Exceptionally high values might solve this, but injecting 60s delays\nonto new connections is generally not tenable anyways."],
   "tcpKeepalive":["networking.ConnectionPoolSettings.TCPSettings.TcpKeepalive","If set then set \u0060SO_KEEPALIVE\u0060 on the socket to enable TCP Keepalives."],
   "ingressClass":["string","Class of ingress resources to be processed by Istio ingress\ncontroller. This corresponds to the value of\n\u0060kubernetes.io/ingress.class\u0060 annotation."],
   "ingressService":["string","Name of the Kubernetes service used for the istio ingress controller.\nIf no ingress controller is specified, the default value \u0060istio-ingressgateway\u0060 is used."],
   "ingressControllerMode":["mesh.MeshConfig.IngressControllerMode","Defines whether to use Istio ingress controller for annotated or all ingress resources.\nDefault mode is \u0060STRICT\u0060."],
   "ingressSelector":["string","Defines which gateway deployment to use as the Ingress controller. This field corresponds to\nthe Gateway.selector field, and will be set as \u0060istio: INGRESS_SELECTOR\u0060.\nBy default, \u0060ingressgateway\u0060 is used, which will select the default IngressGateway as it has the\n\u0060istio: ingressgateway\u0060 labels.\nIt is recommended that this is the same value as ingressService."],
   "enableTracing":["bool","Flag to control generation of trace spans and request IDs.\nRequires a trace span collector defined in the proxy configuration."],
   "accessLogFile":["string","File address for the proxy access log (e.g. /dev/stdout).\nEmpty value disables access logging."],
   "accessLogFormat":["string","Format for the proxy access log\nEmpty value results in proxy's default access log format"],
   "accessLogEncoding":["mesh.MeshConfig.AccessLogEncoding","Encoding for the proxy access log (\u0060TEXT\u0060 or \u0060JSON\u0060).\nDefault value is \u0060TEXT\u0060."],
   "enableEnvoyAccessLogService":["bool","This flag enables Envoy's gRPC Access Log Service.\nSee [Access Log Service](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/access_loggers/grpc/v3/als.proto)\nfor details about Envoy's gRPC Access Log Service API.\nDefault value is \u0060false\u0060."],
   "disableEnvoyListenerLog":["bool","This flag disables Envoy Listener logs.\nSee [Listener Access Log](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto#envoy-v3-api-field-config-listener-v3-listener-access-log)\nIstio Enables Envoy's listener access logs on \"NoRoute\" response flag.\nDefault value is \u0060false\u0060."],
   "defaultConfig":["mesh.ProxyConfig","Default proxy config used by gateway and sidecars.\nIn case of Kubernetes, the proxy config is applied once during the injection process,\nand remain constant for the duration of the pod. The rest of the mesh config can be changed\nat runtime and config gets distributed dynamically.\nOn Kubernetes, this can be overridden on individual pods with the \u0060proxy.istio.io/config\u0060 annotation."],
   "outboundTrafficPolicy":["mesh.MeshConfig.OutboundTrafficPolicy","Set the default behavior of the sidecar for handling outbound\ntraffic from the application. This does not apply to gateways.\n\nCan be overridden at a Sidecar level by setting the \u0060OutboundTrafficPolicy\u0060 in the\n[Sidecar API](https://istio.io/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy).\n\nDefault mode is \u0060ALLOW_ANY\u0060, which means outbound traffic to unknown destinations will be allowed."],
   "inboundTrafficPolicy":["mesh.MeshConfig.InboundTrafficPolicy","Set the default behavior of the sidecar for handling inbound\ntraffic to the application.  If your application listens on\nlocalhost, you will need to set this to \u0060LOCALHOST\u0060."],
   "configSources":["mesh.ConfigSource[]","ConfigSource describes a source of configuration data for networking\nrules, and other Istio configuration artifacts. Multiple data sources\ncan be configured for a single control plane."],
   "enableAutoMtls":["bool","This flag is used to enable mutual \u0060TLS\u0060 automatically for service to service communication\nwithin the mesh, default true.\nIf set to true, and a given service does not have a corresponding \u0060DestinationRule\u0060 configured,\nor its \u0060DestinationRule\u0060 does not have ClientTLSSettings specified, Istio configures client side\nTLS configuration appropriately. More specifically,\nIf the upstream authentication policy is in \u0060STRICT\u0060 mode, use Istio provisioned certificate\nfor mutual \u0060TLS\u0060 to connect to upstream.\nIf upstream service is in plain text mode, use plain text.\nIf the upstream authentication policy is in PERMISSIVE mode, Istio configures clients to use\nmutual \u0060TLS\u0060 when server sides are capable of accepting mutual \u0060TLS\u0060 traffic.\nIf service \u0060DestinationRule\u0060 exists and has \u0060ClientTLSSettings\u0060 specified, that is always used instead."],
   "trustDomain":["string","The trust domain corresponds to the trust root of a system.\nRefer to [SPIFFE-ID](https://github.com/spiffe/spiffe/blob/master/standards/SPIFFE-ID.md#21-trust-domain)"],
   "trustDomainAliases":["string[]","The trust domain aliases represent the aliases of \u0060trustDomain\u0060.\nFor example, if we have\n\u0060\u0060\u0060yaml\ntrustDomain: td1\ntrustDomainAliases: [\"td2\", \"td3\"]\n\u0060\u0060\u0060\nAny service with the identity \u0060td1/ns/foo/sa/a-service-account\u0060, \u0060td2/ns/foo/sa/a-service-account\u0060,\nor \u0060td3/ns/foo/sa/a-service-account\u0060 will be treated the same in the Istio mesh."],
   "caCertificates":["mesh.MeshConfig.CertificateData[]","The extra root certificates for workload-to-workload communication.\nThe plugin certificates (the 'cacerts' secret) or self-signed certificates (the 'istio-ca-secret' secret)\nare automatically added by Istiod.\nThe CA certificate that signs the workload certificates is automatically added by Istio Agent."],
   "defaultServiceExportTo":["string[]","The default value for the ServiceEntry.exportTo field and services\nimported through container registry integrations, e.g. this applies to\nKubernetes Service resources. The value is a list of namespace names and\nreserved namespace aliases. The allowed namespace aliases are:\n\u0060\u0060\u0060\n* - All Namespaces\n. - Current Namespace\n~ - No Namespace\n\u0060\u0060\u0060\nIf not set the system will use \"*\" as the default value which implies that\nservices are exported to all namespaces.\n\n\u0060All namespaces\u0060 is a reasonable default for implementations that don't\nneed to restrict access or visibility of services across namespace\nboundaries. If that requirement is present it is generally good practice to\nmake the default \u0060Current namespace\u0060 so that services are only visible\nwithin their own namespaces by default. Operators can then expand the\nvisibility of services to other namespaces as needed. Use of \u0060No Namespace\u0060\nis expected to be rare but can have utility for deployments where\ndependency management needs to be precise even within the scope of a single\nnamespace.\n\nFor further discussion see the reference documentation for \u0060ServiceEntry\u0060,\n\u0060Sidecar\u0060, and \u0060Gateway\u0060."],
   "defaultVirtualServiceExportTo":["string[]","The default value for the VirtualService.exportTo field. Has the same\nsyntax as \u0060defaultServiceExportTo\u0060.\n\nIf not set the system will use \"*\" as the default value which implies that\nvirtual services are exported to all namespaces"],
   "defaultDestinationRuleExportTo":["string[]","The default value for the \u0060DestinationRule.exportTo\u0060 field. Has the same\nsyntax as \u0060defaultServiceExportTo\u0060.\n\nIf not set the system will use \"*\" as the default value which implies that\ndestination rules are exported to all namespaces"],
   "rootNamespace":["string","The namespace to treat as the administrative root namespace for\nIstio configuration. When processing a leaf namespace Istio will search for\ndeclarations in that namespace first and if none are found it will\nsearch in the root namespace. Any matching declaration found in the root\nnamespace is processed as if it were declared in the leaf namespace.\n\nThe precise semantics of this processing are documented on each resource\ntype."],
   "localityLbSetting":["networking.LocalityLoadBalancerSetting","Locality based load balancing distribution or failover settings.\nIf unspecified, locality based load balancing will be enabled by default.\nOnly one of locality_lb_setting and zone_aware_lb_setting should be enabled;\nif both are set, zone_aware_lb_setting takes precedence and this setting is ignored.\nFailover settings, require outlierDetection to actually take effect for a particular\nservice, see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/failover/"],
   "zoneAwareLbSetting":["networking.ZoneAwareLoadBalancerSetting","Zone Aware based load balancing settings.\nOnly one of locality_lb_setting and zone_aware_lb_setting should be enabled,\nif unspecified zone_aware_lb_setting is disabled by default.\nIf both are set, zone_aware_lb_setting takes precedence over locality_lb_setting.\nAdditionally, Zone Aware LB is only supported in Sidecar mode and only takes effect\non proxies configured with \u0060ISTIO_META_ENABLE_SELF_DISCOVERY=true\u0060 (via \u0060proxyMetadata\u0060); see\n[ZoneAwareLoadBalancerSetting](https://istio.io/latest/docs/reference/config/networking/destination-rule/#ZoneAwareLoadBalancerSetting)."],
   "dnsRefreshRate":["duration","Configures DNS refresh rate for Envoy clusters of type \u0060STRICT_DNS\u0060\nDefault refresh rate is \u006060s\u0060."],
   "h2UpgradePolicy":["mesh.MeshConfig.H2UpgradePolicy","Specify if http1.1 connections should be upgraded to http2 by default.\nif sidecar is installed on all pods in the mesh, then this should be set to \u0060UPGRADE\u0060.\nIf one or more services or namespaces do not have sidecar(s), then this should be set to \u0060DO_NOT_UPGRADE\u0060.\nIt can be enabled by destination using the \u0060destinationRule.trafficPolicy.connectionPool.http.h2UpgradePolicy\u0060 override."],
   "inboundClusterStatName":["string","Name to be used while emitting statistics for inbound clusters. The same pattern is used while computing stat prefix for\nnetwork filters like TCP and Redis.\nBy default, Istio emits statistics with the pattern \u0060inbound|<port>|<port-name>|<service-FQDN>\u0060.\nFor example \u0060inbound|7443|grpc-reviews|reviews.prod.svc.cluster.local\u0060. This can be used to override that pattern.\n\nA Pattern can be composed of various pre-defined variables. The following variables are supported.\n\n- \u0060%SERVICE%\u0060 - Will be substituted with short hostname of the service.\n- \u0060%SERVICE_NAME%\u0060 - Will be substituted with name of the service.\n- \u0060%SERVICE_FQDN%\u0060 - Will be substituted with FQDN of the service.\n- \u0060%SERVICE_PORT%\u0060 - Will be substituted with port of the service.\n- \u0060%TARGET_PORT%\u0060  - Will be substituted with the target port of the service.\n- \u0060%SERVICE_PORT_NAME%\u0060 - Will be substituted with port name of the service.\n\nFollowing are some examples of supported patterns for reviews:\n\n- \u0060%SERVICE_FQDN%_%SERVICE_PORT%\u0060 will use reviews.prod.svc.cluster.local_7443 as the stats name.\n- \u0060%SERVICE%\u0060 will use reviews.prod as the stats name."],
   "outboundClusterStatName":["string","Name to be used while emitting statistics for outbound clusters. The same pattern is used while computing stat prefix for\nnetwork filters like TCP and Redis.\nBy default, Istio emits statistics with the pattern \u0060outbound|<port>|<subsetname>|<service-FQDN>\u0060.\nFor example \u0060outbound|8080|v2|reviews.prod.svc.cluster.local\u0060. This can be used to override that pattern.\n\nA Pattern can be composed of various pre-defined variables. The following variables are supported.\n\n- \u0060%SERVICE%\u0060 - Will be substituted with short hostname of the service.\n- \u0060%SERVICE_NAME%\u0060 - Will be substituted with name of the service.\n- \u0060%SERVICE_FQDN%\u0060 - Will be substituted with FQDN of the service.\n- \u0060%SERVICE_PORT%\u0060 - Will be substituted with port of the service.\n- \u0060%SERVICE_PORT_NAME%\u0060 - Will be substituted with port name of the service.\n- \u0060%SUBSET_NAME%\u0060 - Will be substituted with subset.\n\nFollowing are some examples of supported patterns for reviews:\n\n- \u0060%SERVICE_FQDN%_%SERVICE_PORT%\u0060 will use \u0060reviews.prod.svc.cluster.local_7443\u0060 as the stats name.\n- \u0060%SERVICE%\u0060 will use reviews.prod as the stats name."],
   "certificates":["mesh.Certificate[]","Configure the provision of certificates.\n\nNote: Deprecated, please refer to Cert-Manager or other cert provisioning solutions to sign DNS certificates.",1],
   "serviceSettings":["mesh.MeshConfig.ServiceSettings[]","Settings to be applied to select services."],
   "serviceScopeConfigs":["mesh.MeshConfig.ServiceScopeConfigs[]","Scope to be applied to select services."],
   "enablePrometheusMerge":["bool","If enabled, Istio agent will merge metrics exposed by the application with metrics from Envoy\nand Istio agent. The sidecar injection will replace \u0060prometheus.io\u0060 annotations present on the pod\nand redirect them towards Istio agent, which will then merge metrics of from the application with Istio metrics.\nThis relies on the annotations \u0060prometheus.io/scrape\u0060, \u0060prometheus.io/port\u0060, and\n\u0060prometheus.io/path\u0060 annotations.\nIf you are running a separately managed Envoy with an Istio sidecar, this may cause issues, as the metrics will collide.\nIn this case, it is recommended to disable aggregation on that deployment with the\n\u0060prometheus.istio.io/merge-metrics: \"false\"\u0060 annotation.\nIf not specified, this will be enabled by default."],
   "verifyCertificateAtClient":["bool","\u0060VerifyCertificateAtClient\u0060 sets the mesh global default for peer certificate validation\nat the client-side proxy when \u0060SIMPLE\u0060 TLS or \u0060MUTUAL\u0060 TLS (non \u0060ISTIO_MUTUAL\u0060) origination\nmodes are used. This setting can be overridden at the host level via DestinationRule API.\nBy default, \u0060VerifyCertificateAtClient\u0060 is \u0060true\u0060.\n\n\u0060CaCertificates\u0060: If set, proxy verifies CA signature based on given CaCertificates. If unset,\nand VerifyCertificateAtClient is true, proxy uses default System CA bundle. If unset and\n\u0060VerifyCertificateAtClient\u0060 is false, proxy will not verify the CA.\n\n\u0060SubjectAltNames\u0060: If set, proxy verifies subject alt names are present in the SAN. If unset,\nand \u0060VerifyCertificateAtClient\u0060 is true, proxy uses host in destination rule to verify the SANs.\nIf unset, and \u0060VerifyCertificateAtClient\u0060 is false, proxy does not verify SANs.\n\nFor SAN, client-side proxy will exact match host in \u0060DestinationRule\u0060 as well as one level\nwildcard if the specified host in DestinationRule doesn't contain a wildcard.\nFor example, if the host in \u0060DestinationRule\u0060 is \u0060x.y.com\u0060, client-side proxy will\nmatch either \u0060x.y.com\u0060 or \u0060*.y.com\u0060 for the SAN in the presented server certificate.\nFor wildcard host name in DestinationRule, client-side proxy will do a suffix match. For example,\nif host is \u0060*.x.y.com\u0060, client-side proxy will verify the presented server certificate SAN matches\n\u0060.x.y.com\u0060 suffix.",1],
   "ca":["mesh.MeshConfig.CA","If specified, Istiod will authorize and forward the CSRs from the workloads to the specified external CA\nusing the Istio CA gRPC API."],
   "extensionProviders":["mesh.MeshConfig.ExtensionProvider[]","Defines a list of extension providers that extend Istio's functionality. For example, the AuthorizationPolicy\ncan be used with an extension provider to delegate the authorization decision to a custom authorization system."],
   "defaultProviders":["mesh.MeshConfig.DefaultProviders","Specifies extension providers to use by default in Istio configuration resources."],
   "discoverySelectors":["object[]","A list of Kubernetes selectors that specify the set of namespaces that Istio considers when\ncomputing configuration updates for sidecars. This can be used to reduce Istio's computational load\nby limiting the number of entities (including services, pods, and endpoints) that are watched and processed.\nIf omitted, Istio will use the default behavior of processing all namespaces in the cluster.\nElements in the list are disjunctive (OR semantics), i.e. a namespace will be included if it matches any selector.\nThe following example selects any namespace that matches either below:\n1. The namespace has both of these labels: \u0060env: prod\u0060 and \u0060region: us-east1\u0060\n2. The namespace has label \u0060app\u0060 equal to \u0060cassandra\u0060 or \u0060spark\u0060.\n\u0060\u0060\u0060yaml\ndiscoverySelectors:\n  - matchLabels:\n      env: prod\n      region: us-east1\n  - matchExpressions:\n    - key: app\n      operator: In\n      values:\n        - cassandra\n        - spark\n\u0060\u0060\u0060\nRefer to the [Kubernetes selector docs](https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors)\nfor additional detail on selector semantics."],
   "pathNormalization":["mesh.MeshConfig.ProxyPathNormalization","ProxyPathNormalization configures how URL paths in incoming and outgoing HTTP requests are\nnormalized by the sidecars and gateways.\nThe normalized paths will be used in all aspects through the requests' lifetime on the\nsidecars and gateways, which includes routing decisions in outbound direction (client proxy),\nauthorization policy match and enforcement in inbound direction (server proxy), and the URL\npath proxied to the upstream service.\nIf not set, the NormalizationType.DEFAULT configuration will be used."],
   "defaultHttpRetryPolicy":["networking.HTTPRetry","Configure the default HTTP retry policy.\nThe default number of retry attempts is set at 2 for these errors:\n  \"connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes\".\nSetting the number of attempts to 0 disables retry policy globally.\nThis setting can be overridden on a per-host basis using the Virtual Service\nAPI.\nAll settings in the retry policy except \u0060perTryTimeout\u0060 can currently be\nconfigured globally via this field."],
   "meshMTLS":["mesh.MeshConfig.TLSConfig","The below configuration parameters can be used to specify TLSConfig for mesh traffic.\nFor example, a user could enable min TLS version for ISTIO_MUTUAL traffic and specify a curve for non ISTIO_MUTUAL traffic like below:\n\u0060\u0060\u0060yaml\nmeshConfig:\n  meshMTLS:\n    minProtocolVersion: TLSV1_3\n  tlsDefaults:\n    Note: applicable only for non ISTIO_MUTUAL scenarios\n    ecdhCurves:\n      - P-256\n      - P-512\n\u0060\u0060\u0060\nConfiguration of mTLS for traffic between workloads with ISTIO_MUTUAL TLS traffic.\n\nNote: Mesh mTLS does not respect ECDH curves."],
   "tlsDefaults":["mesh.MeshConfig.TLSConfig","Configuration of TLS for all traffic except for ISTIO_MUTUAL mode.\nFor ISTIO_MUTUAL TLS settings, use meshMTLS configuration."],
   "defaultTrafficPolicy":["mesh.MeshConfig.DefaultTrafficPolicy","The default traffic policy applied to outbound clusters in the mesh, providing a\nbaseline that DestinationRules inherit and override per block. Without this, a\nDestinationRule that sets \u0060connectionPool\u0060 or \u0060outlierDetection\u0060 has no mesh-level\nbaseline, and unset blocks fall back to Istio's built-in defaults."],
   "serviceEntryVisibility":["mesh.ServiceEntryVisibility","ServiceEntryVisibility lets a mesh administrator control the visibility\nof ServiceEntry resources mesh-wide, without relying on external admission\nvalidation. When unset, ServiceEntry behaves as it does today (public visibility,\ncluster-wide; ambient ignores \u0060exportTo\u0060)."]
   },
  "mesh.ServiceEntryVisibility":{
   "defaultVisibility":["mesh.ServiceEntryVisibility.Visibility","The visibility used when no policy matches a ServiceEntry. If left\n\u0060VISIBILITY_UNSPECIFIED\u0060, it resolves to \u0060PUBLIC\u0060."],
   "applyToSidecars":["bool","Whether sidecars honor these visibility semantics. When false (default),\nonly ambient proxies (ztunnel and waypoints) apply them and sidecars\ncontinue to use \u0060exportTo\u0060. This enables incremental adoption during an\nambient migration without affecting a working sidecar environment."],
   "policies":["mesh.ServiceEntryVisibility.Policy[]","An ordered list of policies. Each policy is evaluated in turn; the first\npolicy whose rules all match determines the ServiceEntry's visibility."]
   },
  "mesh.ServiceEntryVisibility.Policy":{
   "visibility":["mesh.ServiceEntryVisibility.Visibility","The visibility applied to a ServiceEntry when all \u0060matchingRules\u0060 match."],
   "matchingRules":["mesh.ServiceEntryVisibility.MatchRule[]","The rules to evaluate. All rules must match (AND semantics) for this\npolicy to apply."]
   },
  "mesh.ServiceEntryVisibility.MatchRule":{
   "namespaceSelector":["object","Matches when the namespace the ServiceEntry is defined in matches this\nlabel selector."]
   },
  "mesh.MeshConfig.DefaultTrafficPolicy":{
   "connectionPool":["networking.ConnectionPoolSettings","Baseline connection pool settings for outbound clusters. A DestinationRule that\nsets \u0060connectionPool\u0060 overrides this whole block; otherwise this baseline applies."],
   "outlierDetection":["networking.OutlierDetection","Baseline outlier detection for outbound clusters. A DestinationRule that sets\n\u0060outlierDetection\u0060 overrides this whole block; otherwise this baseline applies."]
   },
  "networking.OutlierDetection":{
   "consecutiveErrors":["int","Number of errors before a host is ejected from the connection\npool. Defaults to 5. When the upstream host is accessed over HTTP, a\n502, 503, or 504 return code qualifies as an error. When the upstream host\nis accessed over an opaque TCP connection, connect timeouts and\nconnection error/failure events qualify as an error.",1],
   "splitExternalLocalOriginErrors":["bool","Determines whether to distinguish local origin failures from external errors. If set to true\n\u0060consecutiveLocalOriginFailures\u0060 is taken into account for outlier detection calculations.\nThis should be used when you want to derive the outlier detection status based on the errors\nseen locally such as failure to connect, timeout while connecting etc. rather than the status code\nreturned by upstream service. This is especially useful when the upstream service explicitly returns\na 5xx for some requests and you want to ignore those responses from upstream service while determining\nthe outlier detection status of a host.\nDefaults to false."],
   "consecutiveLocalOriginFailures":["int","The number of consecutive locally originated failures before ejection\noccurs. Defaults to 5. Parameter takes effect only when \u0060splitExternalLocalOriginErrors\u0060\nis set to true."],
   "consecutiveGatewayErrors":["int","Number of gateway errors before a host is ejected from the connection pool.\nWhen the upstream host is accessed over HTTP, a 502, 503, or 504 return\ncode qualifies as a gateway error. When the upstream host is accessed over\nan opaque TCP connection, connect timeouts and connection error/failure\nevents qualify as a gateway error.\nThis feature is disabled by default or when set to the value 0.\n\nNote that \u0060consecutiveGatewayErrors\u0060 and \u0060consecutive5xxErrors\u0060 can be\nused separately or together. Because the errors counted by\n\u0060consecutiveGatewayErrors\u0060 are also included in \u0060consecutive5xxErrors\u0060,\nif the value of \u0060consecutiveGatewayErrors\u0060 is greater than or equal to\nthe value of \u0060consecutive5xxErrors\u0060, \u0060consecutiveGatewayErrors\u0060 will have\nno effect."],
   "consecutive5xxErrors":["int","Number of 5xx errors before a host is ejected from the connection pool.\nWhen the upstream host is accessed over an opaque TCP connection, connect\ntimeouts, connection error/failure and request failure events qualify as a\n5xx error.\nThis feature defaults to 5 but can be disabled by setting the value to 0.\n\nNote that \u0060consecutiveGatewayErrors\u0060 and \u0060consecutive5xxErrors\u0060 can be\nused separately or together. Because the errors counted by\n\u0060consecutiveGatewayErrors\u0060 are also included in \u0060consecutive5xxErrors\u0060,\nif the value of \u0060consecutiveGatewayErrors\u0060 is greater than or equal to\nthe value of \u0060consecutive5xxErrors\u0060, \u0060consecutiveGatewayErrors\u0060 will have\nno effect."],
   "interval":["duration","Time interval between ejection sweep analysis. format:\n1h/1m/1s/1ms. MUST be >=1ms. Default is 10s."],
   "baseEjectionTime":["duration","Minimum ejection duration. A host will remain ejected for a period\nequal to the product of minimum ejection duration and the number of\ntimes the host has been ejected. This technique allows the system to\nautomatically increase the ejection period for unhealthy upstream\nservers. format: 1h/1m/1s/1ms. MUST be >=1ms. Default is 30s."],
   "maxEjectionPercent":["int","Maximum % of hosts in the load balancing pool for the upstream\nservice that can be ejected. Defaults to 10%."],
   "minHealthPercent":["int","Outlier detection will be enabled as long as the associated load balancing\npool has at least \u0060minHealthPercent\u0060 hosts in healthy mode. When the\npercentage of healthy hosts in the load balancing pool drops below this\nthreshold, outlier detection will be disabled and the proxy will load balance\nacross all hosts in the pool (healthy and unhealthy). The threshold can be\ndisabled by setting it to 0%. The default is 0% as it's not typically\napplicable in k8s environments with few pods per service."],
   "outlierDetectionHttpErrorCodes":["int[]","Specifies the HTTP response status codes that are treated as outlier\ndetection errors. If specified, only responses with one of these status\ncodes will be treated as errors by outlier detection. If not specified,\nonly 5xx responses are treated as errors.\n\nNote: Host ejection is still driven by the \u0060consecutive5xxErrors\u0060 and\n\u0060consecutiveGatewayErrors\u0060 thresholds; this field only redefines which\nHTTP status codes are counted as errors toward those thresholds.\n\nValues must be in the range [100, 599]."]
   },
  "networking.ConnectionPoolSettings":{
   "tcp":["networking.ConnectionPoolSettings.TCPSettings","Settings common to both HTTP and TCP upstream connections."],
   "http":["networking.ConnectionPoolSettings.HTTPSettings","HTTP connection pool settings."]
   },
  "networking.ConnectionPoolSettings.HTTPSettings":{
   "http1MaxPendingRequests":["int","Maximum number of requests that will be queued while waiting for\na ready connection pool connection. Default 2^32-1.\nRefer to [Envoy Circuit Breaking](https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/circuit_breaking)\nunder which conditions a new connection is created for HTTP/2.\nPlease note that this is applicable to both HTTP/1.1 and HTTP/2."],
   "http2MaxRequests":["int","Maximum number of active requests to a destination. Default 2^32-1.\nPlease note that this is applicable to both HTTP/1.1 and HTTP/2."],
   "maxRequestsPerConnection":["int","Maximum number of requests per connection to a backend. Setting this\nparameter to 1 disables keep alive. Default 0, meaning \"unlimited\",\nup to 2^29."],
   "maxRetries":["int","Maximum number of retries that can be outstanding to all hosts in a\ncluster at a given time. Defaults to 2^32-1."],
   "idleTimeout":["duration","The idle timeout for upstream connection pool connections. The idle timeout\nis defined as the period in which there are no active requests.\nIf not set, the default is 1 hour. When the idle timeout is reached,\nthe connection will be closed. If the connection is an HTTP/2\nconnection a drain sequence will occur prior to closing the connection.\nNote that request based timeouts mean that HTTP/2 PINGs will not\nkeep the connection alive. Applies to both HTTP/1.1 and HTTP/2 connections."],
   "h2UpgradePolicy":["networking.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy","Specify if http1.1 connection should be upgraded to http2 for the associated destination."],
   "useClientProtocol":["bool","If set to true, client protocol will be preserved while initiating connection to backend.\nNote that when this is set to true, \u0060h2UpgradePolicy\u0060 will be ineffective i.e. the client\nconnections will not be upgraded to http2."],
   "maxConcurrentStreams":["int","The maximum number of concurrent streams allowed for a peer on one HTTP/2 connection.\nDefaults to 2^31-1."],
   "http2KeepAlive":["networking.ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive","Configure HTTP/2 PING frames for upstream connections."]
   },
  "networking.ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive":{
   "interval":["duration","Send HTTP/2 PING frames at this interval. Required when\n\u0060http2KeepAlive\u0060 is set."],
   "timeout":["duration","How long to wait for a response to an HTTP/2 PING frame before\nclosing the connection. Required when \u0060http2KeepAlive\u0060 is set."]
   },
  "networking.ConnectionPoolSettings.TCPSettings":{
   "maxConnections":["int","Maximum number of HTTP1 /TCP connections to a destination host. Default 2^32-1."],
   "connectTimeout":["duration","TCP connection timeout. format:\n1h/1m/1s/1ms. MUST be >=1ms. Default is 10s."],
   "tcpKeepalive":["networking.ConnectionPoolSettings.TCPSettings.TcpKeepalive","If set then set SO_KEEPALIVE on the socket to enable TCP Keepalives."],
   "maxConnectionDuration":["duration","The maximum duration of a connection. The duration is defined as the period since a connection\nwas established. If not set, there is no max duration. When \u0060maxConnectionDuration\u0060\nis reached the connection will be closed. Duration must be at least 1ms."],
   "idleTimeout":["duration","The idle timeout for TCP connections. This is applied to the outbound connections to the upstream service.\nThe idle timeout is defined as the period in which there are no bytes sent or received on the\nupstream connection.\nIf not set, the default idle timeout is 1 hour. If set to 0s, the timeout will be disabled.\nIdle timeout is not configured per each cluster individually when weighted destinations are used,\nbecause idleTimeout is a property of a listener, not a cluster. In that case, idleTimeout\nspecified in a destination rule for the first weighted route is configured in the listener,\nwhich means also for all weighted routes.\nTo set the idle timeout for downstream (inbound) connections, use the\n\u0060ISTIO_META_IDLE_TIMEOUT\u0060 field in the proxy configuration (e.g., via the \u0060proxy.istio.io/config\u0060\nannotation) which applies to all inbound connections.\n\u0060\u0060\u0060\nproxy.istio.io/config: |-\n   proxyMetadata:\n      ISTIO_META_IDLE_TIMEOUT: \"100s\"\n\u0060\u0060\u0060"]
   },
  "networking.ConnectionPoolSettings.TCPSettings.TcpKeepalive":{
   "probes":["int","Maximum number of keepalive probes to send without response before\ndeciding the connection is dead. Default is to use the OS level configuration\n(unless overridden, Linux defaults to 9.)"],
   "time":["duration","The time duration a connection needs to be idle before keep-alive\nprobes start being sent. Default is to use the OS level configuration\n(unless overridden, Linux defaults to 7200s (ie 2 hours.)"],
   "interval":["duration","The time duration between keep-alive probes.\nDefault is to use the OS level configuration\n(unless overridden, Linux defaults to 75s.)"]
   },
  "mesh.MeshConfig.TLSConfig":{
   "minProtocolVersion":["mesh.MeshConfig.TLSConfig.TLSProtocol","Optional: the minimum TLS protocol version. The default minimum\nTLS version will be TLS 1.2. As servers may not be Envoy and be\nset to TLS 1.2 (e.g., workloads using mTLS without sidecars), the\nminimum TLS version for clients may also be TLS 1.2.\nIn the current Istio implementation, the maximum TLS protocol version\nis TLS 1.3."],
   "ecdhCurves":["string[]","Optional: If specified, the TLS connection will only support the specified ECDH curves for the DH key exchange.\nIf not specified, the default curves enforced by Envoy will be used. For details about the default curves, refer to\n[Ecdh Curves](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto)."],
   "cipherSuites":["string[]","Optional: If specified, the TLS connection will only support the specified cipher list when negotiating TLS 1.0-1.2.\nIf not specified, the following cipher suites will be used:\n\u0060\u0060\u0060\nECDHE-ECDSA-AES256-GCM-SHA384\nECDHE-RSA-AES256-GCM-SHA384\nECDHE-ECDSA-AES128-GCM-SHA256\nECDHE-RSA-AES128-GCM-SHA256\nAES256-GCM-SHA384\nAES128-GCM-SHA256\n\u0060\u0060\u0060"]
   },
  "networking.HTTPRetry":{
   "attempts":["int","Number of retries to be allowed for a given request. The interval\nbetween retries will be determined automatically (25ms+). When request\n\u0060timeout\u0060 of the [HTTP route](https://istio.io/docs/reference/config/networking/virtual-service/#HTTPRoute)\nor \u0060per_try_timeout\u0060 is configured, the actual number of retries attempted also depends on\nthe specified request \u0060timeout\u0060 and \u0060per_try_timeout\u0060 values. MUST be >= 0. If \u00600\u0060, retries will be disabled.\nThe maximum possible number of requests made will be 1 + \u0060attempts\u0060."],
   "perTryTimeout":["duration","Timeout per attempt for a given request, including the initial call and any retries. Format: 1h/1m/1s/1ms. MUST be >=1ms.\nDefault is same value as request\n\u0060timeout\u0060 of the [HTTP route](https://istio.io/docs/reference/config/networking/virtual-service/#HTTPRoute),\nwhich means no timeout."],
   "retryOn":["string","Specifies the conditions under which retry takes place.\nOne or more policies can be specified using a ‘,’ delimited list.\nSee the [retry policies](https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on)\nand [gRPC retry policies](https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-grpc-on) for more details.\n\nIn addition to the policies specified above, a list of HTTP status codes can be passed, such as \u0060retryOn: \"503,reset\"\u0060.\nNote these status codes refer to the actual responses received from the destination.\nFor example, if a connection is reset, Istio will translate this to 503 for it's response.\nHowever, the destination did not return a 503 error, so this would not match \u0060\"503\"\u0060 (it would, however, match \u0060\"reset\"\u0060).\n\nIf not specified, this defaults to \u0060connect-failure,refused-stream,unavailable,cancelled\u0060."],
   "retryRemoteLocalities":["bool","Flag to specify whether the retries should retry to other localities.\nSee the [retry plugin configuration](https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/http_connection_management#retry-plugin-configuration) for more details."],
   "retryIgnorePreviousHosts":["bool","Flag to specify whether the retries should ignore previously tried hosts during retry.\nDefaults to true."],
   "backoff":["duration","Specifies the minimum duration between retry attempts.\nIf unset, default minimum duration of 25ms is used as base interval for exponetial backoff.\nThis has an impact on the total number of retries that will be attempted based on the \u0060attempts\u0060 field\nand route timeout. For example, with attempts is set to 3, backoff to 2s and timeout to 3s, the request will\nbe retried only once."]
   },
  "mesh.MeshConfig.ProxyPathNormalization":{
   "normalization":["mesh.MeshConfig.ProxyPathNormalization.NormalizationType",""]
   },
  "mesh.MeshConfig.DefaultProviders":{
   "tracing":["string[]","Name of the default provider(s) for tracing."],
   "metrics":["string[]","Name of the default provider(s) for metrics."],
   "accessLogging":["string[]","Name of the default provider(s) for access logging."]
   },
  "mesh.MeshConfig.ExtensionProvider":{
   "name":["string","REQUIRED. A unique name identifying the extension provider."],
   "envoyExtAuthzHttp":["mesh.MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationHttpProvider","Configures an external authorizer that implements the Envoy ext_authz filter authorization check service using the HTTP API."],
   "envoyExtAuthzGrpc":["mesh.MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationGrpcProvider","Configures an external authorizer that implements the Envoy ext_authz filter authorization check service using the gRPC API."],
   "zipkin":["mesh.MeshConfig.ExtensionProvider.ZipkinTracingProvider","Configures a tracing provider that uses the Zipkin API."],
   "lightstep":["mesh.MeshConfig.ExtensionProvider.LightstepTracingProvider","Configures a Lightstep tracing provider.\nDeprecated: For Istio 1.15+, please use an OpenTelemetryTracingProvider instead, more details can be found at https://github.com/istio/istio/issues/40027",1],
   "datadog":["mesh.MeshConfig.ExtensionProvider.DatadogTracingProvider","Configures a Datadog tracing provider."],
   "stackdriver":["mesh.MeshConfig.ExtensionProvider.StackdriverProvider","Configures a Stackdriver provider."],
   "opencensus":["mesh.MeshConfig.ExtensionProvider.OpenCensusAgentTracingProvider","Configures an OpenCensusAgent tracing provider.\nDeprecated: OpenCensus is deprecated, more details can be found at https://opentelemetry.io/blog/2023/sunsetting-opencensus/",1],
   "skywalking":["mesh.MeshConfig.ExtensionProvider.SkyWalkingTracingProvider","Configures a Apache SkyWalking provider."],
   "opentelemetry":["mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider","Configures an OpenTelemetry tracing provider."],
   "prometheus":["mesh.MeshConfig.ExtensionProvider.PrometheusMetricsProvider","Configures a Prometheus metrics provider."],
   "envoyFileAccessLog":["mesh.MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider","Configures an Envoy File Access Log provider."],
   "envoyHttpAls":["mesh.MeshConfig.ExtensionProvider.EnvoyHttpGrpcV3LogProvider","Configures an Envoy Access Logging Service provider for HTTP traffic."],
   "envoyTcpAls":["mesh.MeshConfig.ExtensionProvider.EnvoyTcpGrpcV3LogProvider","Configures an Envoy Access Logging Service provider for TCP traffic."],
   "envoyOtelAls":["mesh.MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider","Configures an Envoy Open Telemetry Access Logging Service provider."],
   "sds":["mesh.MeshConfig.ExtensionProvider.SDSProvider","Configures an Extension Provider for SDS. This can be used to\nconfigure an external SDS service to supply secrets for certain Gateways for example.\nThis is useful for scenarios where the secrets are stored in an external secret store like Vault.\nThe secret should be configured with sds://provider-name format."]
   },
  "mesh.MeshConfig.ExtensionProvider.SDSProvider":{
   "name":["string","REQUIRED. Specifies the name of the provider. This should be used to configure the Gateway SDS."],
   "service":["string","REQUIRED. Specifies the service that implements the  SDS service.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"gateway-sds.foo.svc.cluster.local\" or \"bar/gateway-sds.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider":{
   "service":["string","REQUIRED. Specifies the service that implements the Envoy ALS gRPC authorization service.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"envoy-als.foo.svc.cluster.local\" or \"bar/envoy-als.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "logName":["string","Optional. The friendly name of the access log.\nDefaults:\n- \"otel_envoy_accesslog\""],
   "logFormat":["mesh.MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider.LogFormat","Optional. Format for the proxy access log\nEmpty value results in proxy's default access log format, following Envoy access logging formatting."]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyOpenTelemetryLogProvider.LogFormat":{
   "text":["string","Textual format for the envoy access logs. Envoy [command operators](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators) may be\nused in the format. The [format string documentation](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#config-access-log-format-strings)\nprovides more information.\nAlias to \u0060body\u0060 field in [Open Telemetry](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/access_loggers/open_telemetry/v3/logs_service.proto)\nExample: \u0060text: \"%LOCAL_REPLY_BODY%:%RESPONSE_CODE%:path=%REQ(:path)%\"\u0060"],
   "labels":["string{}","Optional. Additional attributes that describe the specific event occurrence.\nStructured format for the envoy access logs. Envoy [command operators](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators)\ncan be used as values for fields within the Struct. Values are rendered\nas strings, numbers, or boolean values, as appropriate\n(see: [format dictionaries](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#config-access-log-format-dictionaries)). Nested JSON is\nsupported for some command operators (e.g. FILTER_STATE or DYNAMIC_METADATA).\nAlias to \u0060attributes\u0060 field in [Open Telemetry](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/access_loggers/open_telemetry/v3/logs_service.proto)\n\nExample:\n\u0060\u0060\u0060\nlabels:\n  status: \"%RESPONSE_CODE%\"\n  message: \"%LOCAL_REPLY_BODY%\"\n\u0060\u0060\u0060"]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyTcpGrpcV3LogProvider":{
   "service":["string","REQUIRED. Specifies the service that implements the Envoy ALS gRPC authorization service.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"envoy-als.foo.svc.cluster.local\" or \"bar/envoy-als.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "logName":["string","Optional. The friendly name of the access log.\nDefaults:\n- \"tcp_envoy_accesslog\"\n- \"listener_envoy_accesslog\""],
   "filterStateObjectsToLog":["string[]","Optional. Additional filter state objects to log."]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyHttpGrpcV3LogProvider":{
   "service":["string","REQUIRED. Specifies the service that implements the Envoy ALS gRPC authorization service.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"envoy-als.foo.svc.cluster.local\" or \"bar/envoy-als.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "logName":["string","Optional. The friendly name of the access log.\nDefaults:\n-  \"http_envoy_accesslog\"\n-  \"listener_envoy_accesslog\""],
   "filterStateObjectsToLog":["string[]","Optional. Additional filter state objects to log."],
   "additionalRequestHeadersToLog":["string[]","Optional. Additional request headers to log."],
   "additionalResponseHeadersToLog":["string[]","Optional. Additional response headers to log."],
   "additionalResponseTrailersToLog":["string[]","Optional. Additional response trailers to log."]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider":{
   "path":["string","Path to a local file to write the access log entries.\nThis may be used to write to streams, via \u0060/dev/stderr\u0060 and \u0060/dev/stdout\u0060\nIf unspecified, defaults to \u0060/dev/stdout\u0060."],
   "logFormat":["mesh.MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider.LogFormat","Optional. Allows overriding of the default access log format."],
   "omitEmptyValues":["bool","Optional. If set to true, when command operators are evaluated to null,\nFor text format, the output of the empty operator is changed from \"-\" to an empty string.\nFor json format, the keys with null values are omitted in the output structure."]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyFileAccessLogProvider.LogFormat":{
   "text":["string","Textual format for the envoy access logs. Envoy [command operators](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators) may be\nused in the format. The [format string documentation](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#config-access-log-format-strings)\nprovides more information.\n\nNOTE: Istio will insert a newline ('\\n') on all formats (if missing).\n\nExample: \u0060text: \"%LOCAL_REPLY_BODY%:%RESPONSE_CODE%:path=%REQ(:path)%\"\u0060"],
   "labels":["string{}","JSON structured format for the envoy access logs. Envoy [command operators](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators)\ncan be used as values for fields within the Struct. Values are rendered\nas strings, numbers, or boolean values, as appropriate\n(see: [format dictionaries](https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#config-access-log-format-dictionaries)). Nested JSON is\nsupported for some command operators (e.g. \u0060FILTER_STATE\u0060 or \u0060DYNAMIC_METADATA\u0060).\nUse \u0060labels: {}\u0060 for default envoy JSON log format.\n\nExample:\n\u0060\u0060\u0060\nlabels:\n  status: \"%RESPONSE_CODE%\"\n  message: \"%LOCAL_REPLY_BODY%\"\n\u0060\u0060\u0060"]
   },
  "mesh.MeshConfig.ExtensionProvider.PrometheusMetricsProvider":{},
  "mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider":{
   "service":["string","REQUIRED. Specifies the OpenTelemetry endpoint that will receive OTLP traces.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"otlp.default.svc.cluster.local\" or \"bar/otlp.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "maxTagLength":["int","Optional. Controls the overall path length allowed in a reported span.\nNOTE: currently only controls max length of the path tag."],
   "http":["mesh.MeshConfig.ExtensionProvider.HttpService","Optional. Specifies the configuration for exporting OTLP traces via HTTP.\nWhen empty, traces will be exported via gRPC.\n\nThe following example shows how to configure the OpenTelemetry ExtensionProvider to export via HTTP:\n\n1. Add/change the OpenTelemetry extension provider in \u0060MeshConfig\u0060\n\u0060\u0060\u0060yaml\n- name: otel-tracing\n  opentelemetry:\n    port: 443\n    service: my.olly-backend.com\n    http:\n      path: \"/api/otlp/traces\"\n      timeout: 10s\n      headers:\n      - name: \"my-custom-header\"\n        value: \"some value\"\n\u0060\u0060\u0060\n\n2. Deploy a \u0060ServiceEntry\u0060 for the observability back-end\n\u0060\u0060\u0060yaml\napiVersion: networking.istio.io/v1alpha3\nkind: ServiceEntry\nmetadata:\n  name: my-olly-backend\nspec:\n  hosts:\n  - my.olly-backend.com\n  ports:\n  - number: 443\n    name: https-port\n    protocol: HTTPS\n  resolution: DNS\n  location: MESH_EXTERNAL\n---\napiVersion: networking.istio.io/v1alpha3\nkind: DestinationRule\nmetadata:\n  name: my-olly-backend\nspec:\n  host: my.olly-backend.com\n  trafficPolicy:\n    portLevelSettings:\n    - port:\n        number: 443\n      tls:\n        mode: SIMPLE\n\u0060\u0060\u0060"],
   "grpc":["mesh.MeshConfig.ExtensionProvider.GrpcService","Optional. Specifies the configuration for exporting OTLP traces via GRPC.\nWhen empty, traces will check whether HTTP is set.\nIf not, traces will use default GRPC configurations.\n\nThe following example shows how to configure the OpenTelemetry ExtensionProvider to export via GRPC:\n\n1. Add/change the OpenTelemetry extension provider in \u0060MeshConfig\u0060\n\u0060\u0060\u0060yaml\n- name: opentelemetry\n  opentelemetry:\n    port: 8090\n    service: tracing.example.com\n    grpc:\n      timeout: 10s\n      initialMetadata:\n      - name: \"Authentication\"\n        value: \"token-xxxxx\"\n\u0060\u0060\u0060\n\n2. Deploy a \u0060ServiceEntry\u0060 for the observability back-end\n\u0060\u0060\u0060yaml\napiVersion: networking.istio.io/v1alpha3\nkind: ServiceEntry\nmetadata:\n  name: tracing-grpc\nspec:\n  hosts:\n  - tracing.example.com\n  ports:\n  - number: 8090\n    name: grpc-port\n    protocol: GRPC\n  resolution: DNS\n  location: MESH_EXTERNAL\n\u0060\u0060\u0060"],
   "resourceDetectors":["mesh.MeshConfig.ExtensionProvider.ResourceDetectors","Optional. Specifies [Resource Detectors](https://opentelemetry.io/docs/specs/otel/resource/sdk/)\nto be used by the OpenTelemetry Tracer. When multiple resources are provided, they are merged\naccording to the OpenTelemetry [Resource specification](https://opentelemetry.io/docs/specs/otel/resource/sdk/#merge).\n\nThe following example shows how to configure the Environment Resource Detector, that will\nread the attributes from the environment variable \u0060OTEL_RESOURCE_ATTRIBUTES\u0060:\n\n\u0060\u0060\u0060yaml\n- name: otel-tracing\n  opentelemetry:\n    port: 443\n    service: my.olly-backend.com\n    resourceDetectors:\n      environment: {}\n\u0060\u0060\u0060"],
   "serviceAttributeEnrichment":["mesh.MeshConfig.ExtensionProvider.ServiceAttributeEnrichment","Optional. Controls how service resource attributes are enriched in\nexported trace spans. When set to \u0060OTEL_SEMANTIC_CONVENTIONS\u0060, the\nservice attributes (\u0060service.name\u0060, \u0060service.namespace\u0060,\n\u0060service.version\u0060, \u0060service.instance.id\u0060) will be populated following\nthe OpenTelemetry semantic conventions for Kubernetes:\nhttps://opentelemetry.io/docs/specs/semconv/non-normative/k8s-attributes/#service-attributes\n\nWhen not set or set to \u0060ISTIO_CANONICAL\u0060, Istio's default enrichment\nlogic is used (controlled by \u0060TracingServiceName\u0060 in \u0060ProxyConfig\u0060).\n\nExample:\n\u0060\u0060\u0060yaml\nextensionProviders:\n- name: otel-tracing\n  opentelemetry:\n    port: 443\n    service: my.olly-backend.com\n    serviceAttributeEnrichment: OTEL_SEMANTIC_CONVENTIONS\n\u0060\u0060\u0060"],
   "dynatraceSampler":["mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler","The Dynatrace adaptive traffic management (ATM) sampler.\n\nExample configuration:\n\n\u0060\u0060\u0060yaml\n- name: otel-tracing\n  opentelemetry:\n    port: 443\n    service: \"{your-environment-id}.live.dynatrace.com\"\n    http:\n      path: \"/api/v2/otlp/v1/traces\"\n      timeout: 10s\n      headers:\n        - name: \"Authorization\"\n          value: \"Api-Token dt0c01.\"\n    resourceDetectors:\n      dynatrace: {}\n    dynatraceSampler:\n      tenant: \"{your-environment-id}\"\n      clusterId: 1234"]
   },
  "mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler":{
   "tenant":["string","REQUIRED. The Dynatrace customer's tenant identifier.\n\nThe value can be obtained from the Istio deployment page in Dynatrace."],
   "clusterId":["int","REQUIRED. The identifier of the cluster in the Dynatrace platform.\nThe cluster here is Dynatrace-specific concept and not related to the cluster concept in Istio/Envoy.\n\nThe value can be obtained from the Istio deployment page in Dynatrace."],
   "rootSpansPerMinute":["int","Optional. Number of sampled spans per minute to be used\nwhen the adaptive value cannot be obtained from the Dynatrace API.\n\nA default value of \u00601000\u0060 is used when:\n\n- \u0060rootSpansPerMinute\u0060 is unset\n- \u0060rootSpansPerMinute\u0060 is set to 0"],
   "httpService":["mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler.DynatraceApi","Optional. Dynatrace HTTP API to obtain sampling configuration.\n\nWhen not provided, the Dynatrace Sampler will re-use the configuration from the OpenTelemetryTracingProvider HTTP Exporter\n(\u0060service\u0060, \u0060port\u0060 and \u0060http\u0060), including the access token."]
   },
  "mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler.DynatraceApi":{
   "service":["string","REQUIRED. Specifies the Dynatrace environment to obtain the sampling configuration.\nThe format is \u0060<Hostname>\u0060, where \u0060<Hostname>\u0060 is the fully qualified Dynatrace environment\nhost name defined in the ServiceEntry.\n\nExample: \"{your-environment-id}.live.dynatrace.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "http":["mesh.MeshConfig.ExtensionProvider.HttpService","REQUIRED. Specifies sampling configuration URI."]
   },
  "mesh.MeshConfig.ExtensionProvider.HttpService":{
   "path":["string","REQUIRED. Specifies the path on the service."],
   "timeout":["duration","Optional. Specifies the timeout for the HTTP request.\nIf not specified, the default is 3s."],
   "headers":["mesh.MeshConfig.ExtensionProvider.HttpHeader[]","Optional. Allows specifying custom HTTP headers that will be added\nto each HTTP request sent."]
   },
  "mesh.MeshConfig.ExtensionProvider.HttpHeader":{
   "name":["string","REQUIRED. The HTTP header name."],
   "value":["string","The HTTP header value."],
   "envName":["string","The HTTP header value from the environment variable.\n\nWarning:\n- The environment variable must be set in the istiod pod spec.\n- This is not a end-to-end secure."]
   },
  "mesh.MeshConfig.ExtensionProvider.ResourceDetectors":{
   "environment":["mesh.MeshConfig.ExtensionProvider.ResourceDetectors.EnvironmentResourceDetector",""],
   "dynatrace":["mesh.MeshConfig.ExtensionProvider.ResourceDetectors.DynatraceResourceDetector",""]
   },
  "mesh.MeshConfig.ExtensionProvider.ResourceDetectors.DynatraceResourceDetector":{},
  "mesh.MeshConfig.ExtensionProvider.ResourceDetectors.EnvironmentResourceDetector":{},
  "mesh.MeshConfig.ExtensionProvider.GrpcService":{
   "timeout":["duration","Optional. Specifies the timeout for the GRPC request."],
   "initialMetadata":["mesh.MeshConfig.ExtensionProvider.HttpHeader[]","Optional. Additional metadata to include in streams initiated to the GrpcService. This can be used for\nscenarios in which additional ad hoc authorization headers (e.g. \"x-foo-bar: baz-key\") are to\nbe injected."]
   },
  "mesh.MeshConfig.ExtensionProvider.SkyWalkingTracingProvider":{
   "service":["string","REQUIRED. Specifies the service for the SkyWalking receiver.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"skywalking.default.svc.cluster.local\" or \"bar/skywalking.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "accessToken":["string","Optional. The SkyWalking OAP access token."]
   },
  "mesh.MeshConfig.ExtensionProvider.OpenCensusAgentTracingProvider":{
   "service":["string","REQUIRED. Specifies the service for the OpenCensusAgent.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"ocagent.default.svc.cluster.local\" or \"bar/ocagent.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "context":["mesh.MeshConfig.ExtensionProvider.OpenCensusAgentTracingProvider.TraceContext[]","Specifies the set of context propagation headers used for distributed\ntracing. Default is \u0060[\"W3C_TRACE_CONTEXT\"]\u0060. If multiple values are specified,\nthe proxy will attempt to read each header for each request and will\nwrite all headers."],
   "maxTagLength":["int","Optional. Controls the overall path length allowed in a reported span.\nNOTE: currently only controls max length of the path tag."]
   },
  "mesh.MeshConfig.ExtensionProvider.StackdriverProvider":{
   "debug":["bool","debug enables trace output to stdout.",1],
   "maxNumberOfAttributes":["int","The global default max number of attributes per span.\ndefault is 200.",1],
   "maxNumberOfAnnotations":["int","The global default max number of annotation events per span.\ndefault is 200.",1],
   "maxNumberOfMessageEvents":["int","The global default max number of message events per span.\ndefault is 200.",1],
   "maxTagLength":["int","Optional. Controls the overall path length allowed in a reported span.\nNOTE: currently only controls max length of the path tag."],
   "logging":["mesh.MeshConfig.ExtensionProvider.StackdriverProvider.Logging","Optional. Controls Stackdriver logging behavior."]
   },
  "mesh.MeshConfig.ExtensionProvider.StackdriverProvider.Logging":{
   "labels":["string{}","Collection of tag names and tag expressions to include in the log\nentry. Conflicts are resolved by the tag name by overriding previously\nsupplied values.\n\nExample:\n  labels:\n    path: request.url_path\n    foo: request.headers['x-foo']"]
   },
  "mesh.MeshConfig.ExtensionProvider.DatadogTracingProvider":{
   "service":["string","REQUIRED. Specifies the service for the Datadog agent.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"datadog.default.svc.cluster.local\" or \"bar/datadog.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "maxTagLength":["int","Optional. Controls the overall path length allowed in a reported span.\nNOTE: currently only controls max length of the path tag."]
   },
  "mesh.MeshConfig.ExtensionProvider.LightstepTracingProvider":{
   "service":["string","REQUIRED. Specifies the service for the Lightstep collector.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"lightstep.default.svc.cluster.local\" or \"bar/lightstep.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "accessToken":["string","The Lightstep access token."],
   "maxTagLength":["int","Optional. Controls the overall path length allowed in a reported span.\nNOTE: currently only controls max length of the path tag."]
   },
  "mesh.MeshConfig.ExtensionProvider.ZipkinTracingProvider":{
   "service":["string","REQUIRED. Specifies the service that the Zipkin API.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"zipkin.default.svc.cluster.local\" or \"bar/zipkin.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "maxTagLength":["int","Optional. Controls the overall path length allowed in a reported span.\nNOTE: currently only controls max length of the path tag."],
   "enable64bitTraceId":["bool","Optional. A 128 bit trace id will be used in Istio.\nIf true, will result in a 64 bit trace id being used."],
   "path":["string","Optional. Specifies the endpoint of Zipkin API.\nThe default value is \"/api/v2/spans\"."],
   "traceContextOption":["mesh.MeshConfig.ExtensionProvider.ZipkinTracingProvider.TraceContextOption","Optional. Determines which trace context format to use for trace header extraction and propagation.\nThis controls both downstream request header extraction and upstream request header injection.\nThe default value is USE_B3 to maintain backward compatibility."],
   "timeout":["duration","Optional. The timeout for the HTTP request to the Zipkin collector.\nIf not specified, the default timeout from Envoy's configuration will be used (which is 5 seconds currently)."],
   "headers":["mesh.MeshConfig.ExtensionProvider.HttpHeader[]","Optional. Additional HTTP headers to include in the request to the Zipkin collector.\nThese headers will be added to the HTTP request when sending spans to the collector."]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationGrpcProvider":{
   "service":["string","REQUIRED. Specifies the service that implements the Envoy ext_authz gRPC authorization service.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"my-ext-authz.foo.svc.cluster.local\" or \"bar/my-ext-authz.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "timeout":["duration","The maximum duration that the proxy will wait for a response from the provider, this is the timeout for a specific request (default timeout: 600s).\nWhen this timeout condition is met, the proxy marks the communication to the authorization service as failure.\nIn this situation, the response sent back to the client will depend on the configured \u0060failOpen\u0060 field."],
   "failOpen":["bool","If true, the HTTP request or TCP connection will be allowed even if the communication with the authorization service has failed,\nor if the authorization service has returned a HTTP 5xx error.\nDefault is false. For HTTP request, it will be rejected with 403 (HTTP Forbidden). For TCP connection, it will be closed immediately."],
   "clearRouteCache":["bool","If true, clears route cache in order to allow the external authorization service to correctly affect routing decisions.\nIf true, recalculate routes with the new ExtAuthZ added/removed headers.\nDefault is false"],
   "statusOnError":["string","Sets the HTTP status that is returned to the client when there is a network error to the authorization service.\nThe default status is \"403\" (HTTP Forbidden)."],
   "includeRequestBodyInCheck":["mesh.MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationRequestBody","If set, the client request body will be included in the authorization request sent to the authorization service."]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationRequestBody":{
   "maxRequestBytes":["int","Sets the maximum size of a message body that the ext-authz filter will hold in memory.\nIf maxRequestBytes is reached, and allowPartialMessage is false, Envoy will return a 413 (Payload Too Large).\nOtherwise the request will be sent to the provider with a partial message.\nNote that this setting will have precedence over the failOpen field, the 413 will be returned even when the\nfailOpen is set to true."],
   "allowPartialMessage":["bool","When this field is true, ext-authz filter will buffer the message until maxRequestBytes is reached.\nThe authorization request will be dispatched and no 413 HTTP error will be returned by the filter.\nA \"x-envoy-auth-partial-body: false|true\" metadata header will be added to the authorization request message\nindicating if the body data is partial."],
   "packAsBytes":["bool","If true, the body sent to the external authorization service in the gRPC authorization request is set with raw bytes\nin the [raw_body field](https://github.com/envoyproxy/envoy/blame/cffb095d59d7935abda12b9509bcd136808367bb/api/envoy/service/auth/v3/attribute_context.proto#L153).\nOtherwise, it will be filled with UTF-8 string in the [body field](https://github.com/envoyproxy/envoy/blame/cffb095d59d7935abda12b9509bcd136808367bb/api/envoy/service/auth/v3/attribute_context.proto#L147).\nThis field only works with the envoyExtAuthzGrpc provider and has no effect for the envoyExtAuthzHttp provider."]
   },
  "mesh.MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationHttpProvider":{
   "service":["string","REQUIRED. Specifies the service that implements the Envoy ext_authz HTTP authorization service.\nThe format is \u0060[<Namespace>/]<Hostname>\u0060. The specification of \u0060<Namespace>\u0060 is required only when it is insufficient\nto unambiguously resolve a service in the service registry. The \u0060<Hostname>\u0060 is a fully qualified host name of a\nservice defined by the Kubernetes service or ServiceEntry.\n\nExample: \"my-ext-authz.foo.svc.cluster.local\" or \"bar/my-ext-authz.example.com\"."],
   "port":["int","REQUIRED. Specifies the port of the service."],
   "timeout":["duration","The maximum duration that the proxy will wait for a response from the provider (default timeout: 600s).\nWhen this timeout condition is met, the proxy marks the communication to the authorization service as failure.\nIn this situation, the response sent back to the client will depend on the configured \u0060failOpen\u0060 field."],
   "pathPrefix":["string","Sets a prefix to the value of authorization request header *Path*.\nFor example, setting this to \"/check\" for an original user request at path \"/admin\" will cause the\nauthorization check request to be sent to the authorization service at the path \"/check/admin\" instead of \"/admin\"."],
   "failOpen":["bool","If true, the user request will be allowed even if the communication with the authorization service has failed,\nor if the authorization service has returned a HTTP 5xx error.\nDefault is false and the request will be rejected with \"Forbidden\" response."],
   "clearRouteCache":["bool","If true, clears route cache in order to allow the external authorization service to correctly affect routing decisions.\nIf true, recalculate routes with the new ExtAuthZ added/removed headers.\nDefault is false"],
   "statusOnError":["string","Sets the HTTP status that is returned to the client when there is a network error to the authorization service.\nThe default status is \"403\" (HTTP Forbidden)."],
   "includeHeadersInCheck":["string[]","DEPRECATED. Use includeRequestHeadersInCheck instead.",1],
   "includeRequestHeadersInCheck":["string[]","List of client request headers that should be included in the authorization request sent to the authorization service.\nNote that in addition to the headers specified here following headers are included by default:\n1. *Host*, *Method*, *Path* and *Content-Length* are automatically sent.\n2. *Content-Length* will be set to 0 and the request will not have a message body. However, the authorization\nrequest can include the buffered client request body (controlled by includeRequestBodyInCheck setting),\nconsequently the value of Content-Length of the authorization request reflects the size of its payload size.\n\nExact, prefix and suffix matches are supported (similar to the\n[authorization policy rule syntax](https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule)\nexcept the presence match):\n- Exact match: \"abc\" will match on value \"abc\".\n- Prefix match: \"abc*\" will match on value \"abc\" and \"abcd\".\n- Suffix match: \"*abc\" will match on value \"abc\" and \"xabc\"."],
   "includeAdditionalHeadersInCheck":["string{}","Set of additional fixed headers that should be included in the authorization request sent to the authorization service.\nKey is the header name and value is the header value.\nNote that client request of the same key or headers specified in includeRequestHeadersInCheck will be overridden."],
   "includeRequestBodyInCheck":["mesh.MeshConfig.ExtensionProvider.EnvoyExternalAuthorizationRequestBody","If set, the client request body will be included in the authorization request sent to the authorization service."],
   "headersToUpstreamOnAllow":["string[]","List of headers from the authorization service that should be added or overridden in the original request and\nforwarded to the upstream when the authorization check result is allowed (HTTP code 200).\nIf not specified, the original request will not be modified and forwarded to backend as-is.\nNote, any existing headers will be overridden.\n\nExact, prefix and suffix matches are supported (similar to the\n[authorization policy rule syntax](https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule)\nexcept the presence match):\n- Exact match: \"abc\" will match on value \"abc\".\n- Prefix match: \"abc*\" will match on value \"abc\" and \"abcd\".\n- Suffix match: \"*abc\" will match on value \"abc\" and \"xabc\"."],
   "headersToDownstreamOnDeny":["string[]","List of headers from the authorization service that should be forwarded to downstream when the authorization\ncheck result is not allowed (HTTP code other than 200).\nIf not specified, all the authorization response headers, except *Authority (Host)* will be in the response to\nthe downstream.\nWhen a header is included in this list, *Path*, *Status*, *Content-Length*, *WWWAuthenticate* and *Location* are\nautomatically added.\nNote, the body from the authorization service is always included in the response to downstream.\n\nExact, prefix and suffix matches are supported (similar to the\n[authorization policy rule syntax](https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule)\nexcept the presence match):\n- Exact match: \"abc\" will match on value \"abc\".\n- Prefix match: \"abc*\" will match on value \"abc\" and \"abcd\".\n- Suffix match: \"*abc\" will match on value \"abc\" and \"xabc\"."],
   "headersToDownstreamOnAllow":["string[]","List of headers from the authorization service that should be forwarded to downstream when the authorization\ncheck result is allowed (HTTP code 200).\nIf not specified, the original response will not be modified and forwarded to downstream as-is.\nNote, any existing headers will be overridden.\n\nExact, prefix and suffix matches are supported (similar to the\n[authorization policy rule syntax](https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule)\nexcept the presence match):\n- Exact match: \"abc\" will match on value \"abc\".\n- Prefix match: \"abc*\" will match on value \"abc\" and \"abcd\".\n- Suffix match: \"*abc\" will match on value \"abc\" and \"xabc\"."]
   },
  "mesh.MeshConfig.CA":{
   "address":["string","REQUIRED. Address of the CA server implementing the Istio CA gRPC API.\nCan be IP address or a fully qualified DNS name with port\nEg: custom-ca.default.svc.cluster.local:8932, 192.168.23.2:9000"],
   "tlsSettings":["networking.ClientTLSSettings","Use the tlsSettings to specify the tls mode to use.\nRegarding tlsSettings:\n- DISABLE MODE is legitimate for the case Istiod is making the request via an Envoy sidecar.\nDISABLE MODE can also be used for testing\n- TLS MUTUAL MODE be on by default. If the CA certificates\n(cert bundle to verify the CA server's certificate) is omitted, Istiod will\nuse the system root certs to verify the CA server's certificate."],
   "requestTimeout":["duration","timeout for forward CSR requests from Istiod to External CA\nDefault: 10s"],
   "istiodSide":["bool","Use istiodSide to specify CA Server integrate to Istiod side or Agent side\nDefault: true"]
   },
  "networking.ClientTLSSettings":{
   "mode":["networking.ClientTLSSettings.TLSmode","Indicates whether connections to this port should be secured\nusing TLS. The value of this field determines how TLS is enforced."],
   "clientCertificate":["string","REQUIRED if mode is \u0060MUTUAL\u0060. The path to the file holding the\nclient-side TLS certificate to use.\nShould be empty if mode is \u0060ISTIO_MUTUAL\u0060."],
   "privateKey":["string","REQUIRED if mode is \u0060MUTUAL\u0060. The path to the file holding the\nclient's private key.\nShould be empty if mode is \u0060ISTIO_MUTUAL\u0060."],
   "caCertificates":["string","OPTIONAL: The path to the file containing certificate authority\ncertificates to use in verifying a presented server certificate. If\nomitted, the proxy will verify the server's certificate using\nthe OS CA certificates.\nShould be empty if mode is \u0060ISTIO_MUTUAL\u0060."],
   "credentialName":["string","The name of the secret that holds the TLS certs for the\nclient including the CA certificates. This secret must exist in\nthe namespace of the proxy using the certificates.\nAn Opaque secret should contain the following keys and values:\n\u0060key: <privateKey>\u0060, \u0060cert: <clientCert>\u0060, \u0060cacert: <CACertificate>\u0060,\n\u0060crl: <certificateRevocationList>\u0060\nHere CACertificate is used to verify the server certificate.\nFor mutual TLS, \u0060cacert: <CACertificate>\u0060 can be provided in the\nsame secret or a separate secret named \u0060<secret>-cacert\u0060.\nA TLS secret for client certificates with an additional\n\u0060ca.crt\u0060 key for CA certificates and \u0060ca.crl\u0060 key for\ncertificate revocation list(CRL) is also supported.\nOnly one of client certificates and CA certificate\nor credentialName can be specified.\n\n**NOTE:** This field is applicable at sidecars only if\n\u0060DestinationRule\u0060 has a \u0060workloadSelector\u0060 specified.\nOtherwise the field will be applicable only at gateways, and\nsidecars will continue to use the certificate paths."],
   "subjectAltNames":["string[]","A list of alternate names to verify the subject identity in the\ncertificate. If specified, the proxy will verify that the server\ncertificate's subject alt name matches one of the specified values.\nIf specified, this list overrides the value of \u0060subjectAltNames\u0060\nfrom the \u0060ServiceEntry\u0060. If unspecified, automatic validation of upstream\npresented certificate for new upstream connections will be done based on the\ndownstream HTTP host/authority header."],
   "sni":["string","SNI string to present to the server during TLS handshake.\nIf unspecified, SNI will be automatically set based on downstream HTTP\nhost/authority header for SIMPLE and MUTUAL TLS modes."],
   "insecureSkipVerify":["bool","\u0060insecureSkipVerify\u0060 specifies whether the proxy should skip verifying the\nCA signature and SAN for the server certificate corresponding to the host.\nThe default value of this field is false."],
   "caCrl":["string","OPTIONAL: The path to the file containing the certificate revocation list (CRL)\nto use in verifying a presented server certificate. \u0060CRL\u0060 is a list of certificates\nthat have been revoked by the CA (Certificate Authority) before their scheduled expiration date.\nIf specified, the proxy will verify if the presented certificate is part of the revoked list of certificates.\nIf omitted, the proxy will not verify the certificate against the \u0060crl\u0060. Note that if \u0060credentialName\u0060 is set,\n\u0060CRL\u0060 cannot be specified using \u0060caCrl\u0060, rather it has to be specified inside the credential."]
   },
  "mesh.MeshConfig.ServiceScopeConfigs":{
   "namespaceSelector":["object","Match expression for namespaces."],
   "servicesSelector":["object","Match expression for serivces."],
   "scope":["mesh.MeshConfig.ServiceScopeConfigs.Scope","Specifics the available scope for matching services."]
   },
  "mesh.MeshConfig.ServiceSettings":{
   "settings":["mesh.MeshConfig.ServiceSettings.Settings","The settings to apply to the selected services."],
   "hosts":["string[]","The services to which the Settings should be applied. Services are selected using the hostname\nmatching rules used by DestinationRule.\n\nFor example: foo.bar.svc.cluster.local, *.baz.svc.cluster.local"]
   },
  "mesh.MeshConfig.ServiceSettings.Settings":{
   "clusterLocal":["bool","If true, specifies that the client and service endpoints must reside in the same cluster.\nBy default, in multi-cluster deployments, the Istio control plane assumes all service\nendpoints to be reachable from any client in any of the clusters which are part of the\nmesh. This configuration option limits the set of service endpoints visible to a client\nto be cluster scoped.\n\nThere are some common scenarios when this can be useful:\n\n  - A service (or group of services) is inherently local to the cluster and has local storage\n    for that cluster. For example, the kube-system namespace (e.g. the Kube API Server).\n  - A mesh administrator wants to slowly migrate services to Istio. They might start by first\n    having services cluster-local and then slowly transition them to mesh-wide. They could do\n    this service-by-service (e.g. mysvc.myns.svc.cluster.local) or as a group\n    (e.g. *.myns.svc.cluster.local).\n\nBy default Istio will consider kubernetes.default.svc (i.e. the API Server) as well as all\nservices in the kube-system namespace to be cluster-local, unless explicitly overridden here."]
   },
  "mesh.Certificate":{
   "secretName":["string","Name of the secret the certificate and its key will be stored into.\nIf it is empty, it will not be stored into a secret.\nInstead, the certificate and its key will be stored into a hard-coded directory."],
   "dnsNames":["string[]","The DNS names for the certificate. A certificate may contain\nmultiple DNS names."]
   },
  "networking.ZoneAwareLoadBalancerSetting":{
   "enabled":["bool","Enable zone aware load balancing. This is DestinationRule-level and will\noverride mesh-wide settings in entirety, meaning no merging is performed\nwith MeshConfig."],
   "failover":["networking.ZoneAwareLoadBalancerSetting.Failover[]","Optional. Explicitly specifies the region traffic will land on when the endpoints\nin the local region become unhealthy. Regional partitioning is always\napplied; this field only customizes the ordering of the cross-region tiers.\nIt may be used on its own, or together with \u0060failoverPriority\u0060, in which case\nit orders the regional tiers applied on top of the label-based priorities.\nFor this to be effective consider one of the following:\n- Use together with \u0060OutlierDetection\u0060 to detect unhealthy endpoints in the local zone so that traffic fails over to other zones according to the specified priority.\n- Enable \u0060PILOT_SEND_UNHEALTHY_ENDPOINTS\u0060 to allow Envoy to know when endpoints in the local zone are unhealthy and failover according to the specified priority."],
   "failoverPriority":["string[]","failoverPriority is an ordered list of labels used to sort endpoints for\npriority-based load balancing. This supports traffic failover across\ndifferent groups of endpoints and complements the automatic zone-level\nrouting by allowing label-based priority tiers on top of it.\n\nRegional partitioning is always applied in addition to these labels: within\neach tier produced by \u0060failoverPriority\u0060, endpoints in the proxy's own region\nare preferred over endpoints in other regions (ordered by \u0060failover\u0060 when it\nis also set). Because region-, zone-, and subzone-level routing are all handled\nautomatically, \u0060failoverPriority\u0060 must not include the\n\u0060topology.kubernetes.io/region\u0060, \u0060topology.kubernetes.io/zone\u0060, or\n\u0060topology.istio.io/subzone\u0060 labels.\n\nTwo kinds of labels can be specified:\n- Specify only label keys \u0060[key1, key2, key3]\u0060, istio would compare the label values of client with endpoints.\n  Suppose there are total N label keys \u0060[key1, key2, key3, ...keyN]\u0060 specified:\n\n  1. Endpoints matching all N labels with the client proxy have priority P(0) i.e. the highest priority.\n  2. Endpoints matching the first N-1 labels with the client proxy have priority P(1) i.e. second highest priority.\n  3. By extension of this logic, endpoints matching only the first label with the client proxy has priority P(N-1) i.e. second lowest priority.\n  4. All the other endpoints have priority P(N) i.e. lowest priority.\n\n- Specify labels with key and value \u0060[key1=value1, key2=value2, key3=value3]\u0060, istio would compare the labels with endpoints.\n  Suppose there are total N labels \u0060[key1=value1, key2=value2, key3=value3, ...keyN=valueN]\u0060 specified:\n\n  1. Endpoints matching all N labels have priority P(0) i.e. the highest priority.\n  2. Endpoints matching the first N-1 labels have priority P(1) i.e. second highest priority.\n  3. By extension of this logic, endpoints matching only the first label has priority P(N-1) i.e. second lowest priority.\n  4. All the other endpoints have priority P(N) i.e. lowest priority.\n\nNote: For a label to be considered for match, the previous labels must match, i.e. nth label would be considered matched only if first n-1 labels match.\n\nIt can be any label specified on both client and server workloads.\nThe following labels which have special semantic meaning are also supported:\n\n  - \u0060topology.istio.io/network\u0060 is used to match the network metadata of an endpoint, which can be specified by pod/namespace label \u0060topology.istio.io/network\u0060, sidecar env \u0060ISTIO_META_NETWORK\u0060 or MeshNetworks.\n  - \u0060topology.istio.io/cluster\u0060 is used to match the clusterID of an endpoint, which can be specified by pod label \u0060topology.istio.io/cluster\u0060 or pod env \u0060ISTIO_META_CLUSTER_ID\u0060.\n  - \u0060topology.kubernetes.io/region\u0060 is used to match the region metadata of an endpoint, which maps to Kubernetes node label \u0060topology.kubernetes.io/region\u0060 or the deprecated label \u0060failure-domain.beta.kubernetes.io/region\u0060.\n  - \u0060topology.kubernetes.io/zone\u0060 is used to match the zone metadata of an endpoint, which maps to Kubernetes node label \u0060topology.kubernetes.io/zone\u0060 or the deprecated label \u0060failure-domain.beta.kubernetes.io/zone\u0060.\n  - \u0060kubernetes.io/hostname\u0060 is used to match the current node of an endpoint, which maps to Kubernetes node label \u0060kubernetes.io/hostname\u0060.\n\nThe below topology config indicates the following priority levels:\n\n\u0060\u0060\u0060yaml\nfailoverPriority:\n- \"topology.istio.io/network\"\n- \"topology.kubernetes.io/region\"\n- \"topology.kubernetes.io/zone\"\n\u0060\u0060\u0060\n\n1. endpoints match same [network, region, zone] label with the client proxy have the highest priority.\n2. endpoints have same [network, region] label but different [zone] label with the client proxy have the second highest priority.\n3. endpoints have same [network] but different [region] labels with the client proxy have the third highest priority.\n4. all the other endpoints have the same lowest priority.\n\nSuppose a service associated endpoints reside in multi clusters, the below example represents:\n1. endpoints in \u0060clusterA\u0060 and has \u0060version=v1\u0060 label have P(0) priority.\n2. endpoints not in \u0060clusterA\u0060 but has \u0060version=v1\u0060 label have P(1) priority.\n3. all the other endpoints have P(2) priority.\n\n\u0060\u0060\u0060yaml\nfailoverPriority:\n- \"version=v1\"\n- \"topology.istio.io/cluster=clusterA\"\n\u0060\u0060\u0060\n\nOptional. May be combined with \u0060failover\u0060 (which then orders the regional\ntiers applied on top of these label-based priorities).\nFor this to be effective consider one of the following:\n- Use together with \u0060OutlierDetection\u0060 to detect unhealthy endpoints in the local zone so that traffic fails over to other zones according to the specified priority.\n- Enable \u0060PILOT_SEND_UNHEALTHY_ENDPOINTS\u0060 to allow Envoy to know when endpoints in the local zone are unhealthy and failover according to the specified priority."],
   "minClusterSize":["int","Minimum number of hosts in the upstream cluster's local region required for zone-aware\nload balancing to be enabled. If the total number of upstream hosts in the local region falls below\nthis value, zone-aware load balancing is disabled for this cluster regardless of\nother settings. This guards against zone-skew issues that can occur with\nvery small clusters where the uneven distribution of hosts across zones\nwould produce poor load balancing results.\nIf not specified, the default is 6."]
   },
  "networking.ZoneAwareLoadBalancerSetting.Failover":{
   "from":["string","Originating region."],
   "to":["string","Destination region the traffic will fail over to when endpoints in\nthe 'from' region becomes unhealthy."]
   },
  "networking.LocalityLoadBalancerSetting":{
   "distribute":["networking.LocalityLoadBalancerSetting.Distribute[]","Optional: only one of distribute, failover or failoverPriority can be set.\nExplicitly specify loadbalancing weight across different zones and geographical locations.\nRefer to [Locality weighted load balancing](https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/locality_weight)\nIf empty, the locality weight is set according to the endpoints number within it."],
   "failover":["networking.LocalityLoadBalancerSetting.Failover[]","Optional: only one of distribute, failover or failoverPriority can be set.\nExplicitly specify the region traffic will land on when endpoints in local region becomes unhealthy.\nShould be used together with OutlierDetection to detect unhealthy endpoints.\nNote: if no OutlierDetection specified, this will not take effect."],
   "failoverPriority":["string[]","failoverPriority is an ordered list of labels used to sort endpoints to do priority based load balancing.\nThis is to support traffic failover across different groups of endpoints.\nTwo kinds of labels can be specified:\n- Specify only label keys \u0060[key1, key2, key3]\u0060, istio would compare the label values of client with endpoints.\n  Suppose there are total N label keys \u0060[key1, key2, key3, ...keyN]\u0060 specified:\n\n  1. Endpoints matching all N labels with the client proxy have priority P(0) i.e. the highest priority.\n  2. Endpoints matching the first N-1 labels with the client proxy have priority P(1) i.e. second highest priority.\n  3. By extension of this logic, endpoints matching only the first label with the client proxy has priority P(N-1) i.e. second lowest priority.\n  4. All the other endpoints have priority P(N) i.e. lowest priority.\n\n- Specify labels with key and value \u0060[key1=value1, key2=value2, key3=value3]\u0060, istio would compare the labels with endpoints.\n  Suppose there are total N labels \u0060[key1=value1, key2=value2, key3=value3, ...keyN=valueN]\u0060 specified:\n\n  1. Endpoints matching all N labels have priority P(0) i.e. the highest priority.\n  2. Endpoints matching the first N-1 labels have priority P(1) i.e. second highest priority.\n  3. By extension of this logic, endpoints matching only the first label has priority P(N-1) i.e. second lowest priority.\n  4. All the other endpoints have priority P(N) i.e. lowest priority.\n\nNote: For a label to be considered for match, the previous labels must match, i.e. nth label would be considered matched only if first n-1 labels match.\n\nIt can be any label specified on both client and server workloads.\nThe following labels which have special semantic meaning are also supported:\n\n  - \u0060topology.istio.io/network\u0060 is used to match the network metadata of an endpoint, which can be specified by pod/namespace label \u0060topology.istio.io/network\u0060, sidecar env \u0060ISTIO_META_NETWORK\u0060 or MeshNetworks.\n  - \u0060topology.istio.io/cluster\u0060 is used to match the clusterID of an endpoint, which can be specified by pod label \u0060topology.istio.io/cluster\u0060 or pod env \u0060ISTIO_META_CLUSTER_ID\u0060.\n  - \u0060topology.kubernetes.io/region\u0060 is used to match the region metadata of an endpoint, which maps to Kubernetes node label \u0060topology.kubernetes.io/region\u0060 or the deprecated label \u0060failure-domain.beta.kubernetes.io/region\u0060.\n  - \u0060topology.kubernetes.io/zone\u0060 is used to match the zone metadata of an endpoint, which maps to Kubernetes node label \u0060topology.kubernetes.io/zone\u0060 or the deprecated label \u0060failure-domain.beta.kubernetes.io/zone\u0060.\n  - \u0060topology.istio.io/subzone\u0060 is used to match the subzone metadata of an endpoint, which maps to Istio node label \u0060topology.istio.io/subzone\u0060.\n  - \u0060kubernetes.io/hostname\u0060 is used to match the current node of an endpoint, which maps to Kubernetes node label \u0060kubernetes.io/hostname\u0060.\n\nThe below topology config indicates the following priority levels:\n\n\u0060\u0060\u0060yaml\nfailoverPriority:\n- \"topology.istio.io/network\"\n- \"topology.kubernetes.io/region\"\n- \"topology.kubernetes.io/zone\"\n- \"topology.istio.io/subzone\"\n\u0060\u0060\u0060\n\n1. endpoints match same [network, region, zone, subzone] label with the client proxy have the highest priority.\n2. endpoints have same [network, region, zone] label but different [subzone] label with the client proxy have the second highest priority.\n3. endpoints have same [network, region] label but different [zone] label with the client proxy have the third highest priority.\n4. endpoints have same [network] but different [region] labels with the client proxy have the fourth highest priority.\n5. all the other endpoints have the same lowest priority.\n\nSuppose a service associated endpoints reside in multi clusters, the below example represents:\n1. endpoints in \u0060clusterA\u0060 and has \u0060version=v1\u0060 label have P(0) priority.\n2. endpoints not in \u0060clusterA\u0060 but has \u0060version=v1\u0060 label have P(1) priority.\n2. all the other endpoints have P(2) priority.\n\n\u0060\u0060\u0060yaml\nfailoverPriority:\n- \"version=v1\"\n- \"topology.istio.io/cluster=clusterA\"\n\u0060\u0060\u0060\n\nOptional: only one of distribute, failover or failoverPriority can be set.\nAnd it should be used together with \u0060OutlierDetection\u0060 to detect unhealthy endpoints, otherwise has no effect."],
   "enabled":["bool","Enable locality load balancing. This is DestinationRule-level and will override mesh-wide settings in entirety.\ne.g. true means that turn on locality load balancing for this DestinationRule no matter what mesh-wide settings is."]
   },
  "networking.LocalityLoadBalancerSetting.Failover":{
   "from":["string","Originating region."],
   "to":["string","Destination region the traffic will fail over to when endpoints in\nthe 'from' region becomes unhealthy."]
   },
  "networking.LocalityLoadBalancerSetting.Distribute":{
   "from":["string","Originating locality, '/' separated, e.g. 'region/zone/sub_zone'."],
   "to":["int{}","Map of upstream localities to traffic distribution weights. The sum of\nall weights should be 100. Any locality not present will\nreceive no traffic."]
   },
  "mesh.MeshConfig.CertificateData":{
   "pem":["string","The PEM data of the certificate."],
   "spiffeBundleUrl":["string","The SPIFFE bundle endpoint URL that complies to:\nhttps://github.com/spiffe/spiffe/blob/master/standards/SPIFFE_Trust_Domain_and_Bundle.md#the-spiffe-trust-domain-and-bundle\nThe endpoint should support authentication based on Web PKI:\nhttps://github.com/spiffe/spiffe/blob/master/standards/SPIFFE_Trust_Domain_and_Bundle.md#521-web-pki\nThe certificate is retrieved from the endpoint."],
   "certSigners":["string[]","Optional. Specify the kubernetes signers (External CA) that use this trustAnchor\nwhen Istiod is acting as RA(registration authority)\nIf set, they are used for these signers. Otherwise, this trustAnchor is used for all signers."],
   "trustDomains":["string[]","Optional. Specify the list of trust domains to which this trustAnchor data belongs.\nIf set, they are used for these trust domains. Otherwise, this trustAnchor is used for default trust domain\nand its aliases.\nNote that we can have multiple trustAnchor data for a same trustDomain.\nIn that case, trustAnchors with a same trust domain will be merged and used together to verify peer certificates.\nIf neither certSigners nor trustDomains is set, this trustAnchor is used for all trust domains and all signers.\nIf only trustDomains is set, this trustAnchor is used for these trustDomains and all signers.\nIf only certSigners is set, this trustAnchor is used for these certSigners and all trust domains.\nIf both certSigners and trustDomains is set, this trustAnchor is only used for these signers and trust domains."]
   },
  "mesh.ConfigSource":{
   "address":["string","Address of the server implementing the Istio Mesh Configuration\nprotocol (MCP). Can be IP address or a fully qualified DNS name.\nUse xds:// to specify a grpc-based xds backend, k8s:// to specify a k8s controller or\nfs:/// to specify a file-based backend with absolute path to the directory."],
   "tlsSettings":["networking.ClientTLSSettings","Use the tlsSettings to specify the tls mode to use. If the MCP server\nuses Istio mutual TLS and shares the root CA with istiod, specify the TLS\nmode as \u0060ISTIO_MUTUAL\u0060."],
   "subscribedResources":["mesh.Resource[]","Describes the source of configuration, if nothing is specified default is MCP"]
   },
  "mesh.MeshConfig.InboundTrafficPolicy":{
   "mode":["mesh.MeshConfig.InboundTrafficPolicy.Mode",""]
   },
  "mesh.MeshConfig.OutboundTrafficPolicy":{
   "mode":["mesh.MeshConfig.OutboundTrafficPolicy.Mode",""],
   "tls":["networking.ClientTLSSettings","TLS settings for client connections to unknown destinations. Applicable only when mode is set to \u0060ALLOW_ANY_DYNAMIC_DNS\u0060."]
   },
  "mesh.ProxyConfig":{
   "configPath":["string","Path to the generated configuration file directory.\nProxy agent generates the actual configuration and stores it in this directory."],
   "binaryPath":["string","Path to the proxy binary"],
   "serviceCluster":["string","Service cluster defines the name for the \u0060service_cluster\u0060 that is\nshared by all Envoy instances. This setting corresponds to\n\u0060--service-cluster\u0060 flag in Envoy.  In a typical Envoy deployment, the\n\u0060service-cluster\u0060 flag is used to identify the caller, for\nsource-based routing scenarios.\n\nSince Istio does not assign a local \u0060service/service\u0060 version to each\nEnvoy instance, the name is same for all of them.  However, the\nsource/caller's identity (e.g., IP address) is encoded in the\n\u0060--service-node\u0060 flag when launching Envoy.  When the RDS service\nreceives API calls from Envoy, it uses the value of the \u0060service-node\u0060\nflag to compute routes that are relative to the service instances\nlocated at that IP address."],
   "tracingServiceName":["mesh.ProxyConfig.TracingServiceName","Used by Envoy proxies to assign the values for the service names in trace\nspans."],
   "drainDuration":["duration","The time in seconds that Envoy will drain connections during a hot\nrestart. MUST be >=1s (e.g., _1s/1m/1h_)\nDefault drain duration is \u006045s\u0060."],
   "discoveryAddress":["string","Address of the discovery service exposing xDS with mTLS connection.\nThe inject configuration may override this value."],
   "discoveryRefreshDelay":["duration","",1],
   "zipkinAddress":["string","Address of the Zipkin service (e.g. _zipkin:9411_).\nDEPRECATED: Use [tracing][istio.mesh.v1alpha1.ProxyConfig.tracing] instead.",1],
   "statsdUdpAddress":["string","IP Address and Port of a statsd UDP listener (e.g. \u006010.75.241.127:9125\u0060)."],
   "envoyMetricsServiceAddress":["string","",1],
   "proxyAdminPort":["int","Port on which Envoy should listen for administrative commands.\nDefault port is \u006015000\u0060."],
   "availabilityZone":["string","",1],
   "controlPlaneAuthPolicy":["mesh.AuthenticationPolicy","AuthenticationPolicy defines how the proxy is authenticated when it connects to the control plane.\nDefault is set to \u0060MUTUAL_TLS\u0060."],
   "customConfigFile":["string","File path of custom proxy configuration, currently used by proxies\nin front of istiod."],
   "statNameLength":["int","Maximum length of name field in Envoy's metrics. The length of the name field\nis determined by the length of a name field in a service and the set of labels that\ncomprise a particular version of the service. The default value is set to 189 characters.\nEnvoy's internal metrics take up 67 characters, for a total of 256 character name per metric.\nIncrease the value of this field if you find that the metrics from Envoys are truncated."],
   "concurrency":["int","The number of worker threads to run.\nIf unset, which is recommended, this will be automatically determined based on CPU requests/limits.\nIf set to 0, all cores on the machine will be used, ignoring CPU requests or limits. This can lead to major performance\nissues if CPU limits are also set."],
   "proxyBootstrapTemplatePath":["string","Path to the proxy bootstrap template file"],
   "interceptionMode":["mesh.ProxyConfig.InboundInterceptionMode","The mode used to redirect inbound traffic to Envoy."],
   "tracing":["mesh.Tracing","Tracing configuration to be used by the proxy."],
   "sds":["mesh.SDS","Secret Discovery Service(SDS) configuration to be used by the proxy.",1],
   "envoyAccessLogService":["mesh.RemoteService","Address of the service to which access logs from Envoys should be\nsent. (e.g. \u0060accesslog-service:15000\u0060). See [Access Log\nService](https://www.envoyproxy.io/docs/envoy/latest/api-v2/config/accesslog/v2/als.proto)\nfor details about Envoy's gRPC Access Log Service API."],
   "envoyMetricsService":["mesh.RemoteService","Address of the Envoy Metrics Service implementation (e.g. \u0060metrics-service:15000\u0060).\nSee [Metric Service](https://www.envoyproxy.io/docs/envoy/latest/api-v2/config/metrics/v2/metrics_service.proto)\nfor details about Envoy's Metrics Service API."],
   "proxyMetadata":["string{}","Additional environment variables for the proxy.\nNames starting with \u0060ISTIO_META_\u0060 will be included in the generated bootstrap and sent to the XDS server."],
   "runtimeValues":["string{}","Envoy [runtime configuration](https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/operations/runtime) to set during bootstrapping.\nThis enables setting experimental, unsafe, unsupported, and deprecated features that should be used with extreme caution."],
   "statusPort":["int","Port on which the agent should listen for administrative commands such as readiness probe.\nDefault is set to port \u006015020\u0060."],
   "extraStatTags":["string[]","An additional list of tags to extract from the in-proxy Istio telemetry. These extra tags can be\nadded by configuring the telemetry extension. Each additional tag needs to be present in this list.\nExtra tags emitted by the telemetry extensions must be listed here so that they can be processed\nand exposed as Prometheus metrics.\nDeprecated: \u0060istio.stats\u0060 is a native filter now, this field is no longer needed."],
   "gatewayTopology":["mesh.Topology","Topology encapsulates the configuration which describes where the proxy is\nlocated i.e. behind a (or N) trusted proxy (proxies) or directly exposed\nto the internet. This configuration only effects gateways and is applied\nto all the gateways in the cluster unless overridden via annotations of the\ngateway workloads."],
   "terminationDrainDuration":["duration","The amount of time allowed for connections to complete on proxy shutdown.\nOn receiving \u0060SIGTERM\u0060 or \u0060SIGINT\u0060, \u0060istio-agent\u0060 tells the active Envoy to start gracefully draining,\ndiscouraging any new connections and allowing existing connections to complete. It then\nsleeps for the \u0060terminationDrainDuration\u0060 and then kills any remaining active Envoy processes.\nIf not set, a default of \u00605s\u0060 will be applied."],
   "meshId":["string","The unique identifier for the [service mesh](https://istio.io/docs/reference/glossary/#service-mesh)\nAll control planes running in the same service mesh should specify the same mesh ID.\nMesh ID is used to label telemetry reports for cases where telemetry from multiple meshes is mixed together."],
   "readinessProbe":["object","VM Health Checking readiness probe. This health check config exactly mirrors the\nkubernetes readiness probe configuration both in schema and logic.\nOnly one health check method of 3 can be set at a time."],
   "proxyStatsMatcher":["mesh.ProxyConfig.ProxyStatsMatcher","Proxy stats matcher defines configuration for reporting custom Envoy stats.\nTo reduce memory and CPU overhead from Envoy stats system, Istio proxies by\ndefault create and expose only a subset of Envoy stats. This option is to\ncontrol creation of additional Envoy stats with prefix, suffix, and regex\nexpressions match on the name of the stats. This replaces the stats\ninclusion annotations\n(\u0060sidecar.istio.io/statsInclusionPrefixes\u0060,\n\u0060sidecar.istio.io/statsInclusionRegexps\u0060, and\n\u0060sidecar.istio.io/statsInclusionSuffixes\u0060). For example, to enable stats\nfor circuit breakers, request retries, upstream connections, and request timeouts,\nyou can specify stats matcher as follows:\n\u0060\u0060\u0060yaml\nproxyStatsMatcher:\n  inclusionRegexps:\n    - .*outlier_detection.*\n    - .*upstream_rq_retry.*\n    - .*upstream_cx_.*\n  inclusionSuffixes:\n    - upstream_rq_timeout\n\u0060\u0060\u0060\nNote including more Envoy stats might increase number of time series\ncollected by prometheus significantly. Care needs to be taken on Prometheus\nresource provision and configuration to reduce cardinality."],
   "holdApplicationUntilProxyStarts":["bool","Boolean flag for enabling/disabling the holdApplicationUntilProxyStarts behavior.\nThis feature adds hooks to delay application startup until the pod proxy\nis ready to accept traffic, mitigating some startup race conditions.\nDefault value is 'false'."],
   "caCertificatesPem":["string[]","The PEM data of the extra root certificates for workload-to-workload communication.\nThis includes the certificates defined in MeshConfig and any other certificates that Istiod uses as CA.\nThe plugin certificates (the 'cacerts' secret), self-signed certificates (the 'istio-ca-secret' secret)\nare added automatically by Istiod."],
   "image":["networking.ProxyImage","Specifies the details of the proxy image."],
   "privateKeyProvider":["mesh.PrivateKeyProvider","Specifies the details of the Private Key Provider configuration for gateway and sidecar proxies."],
   "proxyHeaders":["mesh.ProxyConfig.ProxyHeaders","Define the set of headers to add/modify for HTTP request/responses.\n\nTo enable an optional header, simply set the field. If no specific configuration is required, an empty object (\u0060{}\u0060) will enable it.\nNote: currently all headers are enabled by default.\n\nBelow shows an example of customizing the \u0060server\u0060 header and disabling the \u0060X-Envoy-Attempt-Count\u0060 header:\n\n\u0060\u0060\u0060yaml\nproxyHeaders:\n  server:\n    value: \"my-custom-server\"\n  # Explicitly enable Request IDs.\n  # As this is the default, this has no effect.\n  requestId: {}\n  attemptCount:\n    disabled: true\n\u0060\u0060\u0060\n\nBelow shows an example of preserving the header case for HTTP 1.x requests\n\n\u0060\u0060\u0060yaml\nproxyHeaders:\n  preserveHttp1HeaderCase: true\n\u0060\u0060\u0060\n\nSome headers are enabled by default, and require explicitly disabling. See below for an example of disabling all default-enabled headers:\n\n\u0060\u0060\u0060yaml\nproxyHeaders:\n  forwardedClientCert: SANITIZE\n  server:\n    disabled: true\n  requestId:\n    disabled: true\n  attemptCount:\n    disabled: true\n  envoyDebugHeaders:\n    disabled: true\n  metadataExchangeHeaders:\n    mode: IN_MESH\n\u0060\u0060\u0060"],
   "fileFlushInterval":["duration","File flush interval for envoy flushes buffers to disk in milliseconds.\nThe duration needs to be set to a value greater than or equal to 1 millisecond.\nDefault is 1000ms.\nOptional."],
   "fileFlushMinSizeKb":["int","File flush buffer size for envoy flushes buffers to disk in kilobytes.\nDefaults to 64.\nOptional."],
   "statsCompression":["bool","Offer HTTP compression for stats\nDefaults to true.\nOptional."],
   "connectionSettings":["mesh.ProxyConfig.ConnectionSettings","Connection handling settings for this proxy, including buffer limits, timeouts,\nHTTP/2 tuning, header/path normalization, and connection limits.\nUse \u0060profile\u0060 within this message to apply a recommended set of defaults."]
   },
  "mesh.ProxyConfig.ConnectionSettings":{
   "profile":["mesh.ProxyConfig.ConnectionSettings.Profile","The config profile to use. Determines default values for all fields in this message."],
   "listenerPerConnectionBufferLimitBytes":["int","Soft limit on size of the listener's new connection read and write buffers in bytes.\nSee Envoy's [per_connection_buffer_limit_bytes](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/listener/v3/listener.proto#envoy-v3-api-field-config-listener-v3-listener-per-connection-buffer-limit-bytes)."],
   "clusterPerConnectionBufferLimitBytes":["int","Soft limit on size of the cluster's new connection read and write buffers in bytes.\nSee Envoy's [per_connection_buffer_limit_bytes](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto#envoy-v3-api-field-config-cluster-v3-cluster-per-connection-buffer-limit-bytes)."],
   "httpIdleTimeout":["duration","The idle timeout for HTTP connections. The idle timeout is defined as the period in which there are no active requests.\nWhen the idle timeout is reached, the connection will be closed.\nNote that request-based timeouts mean that HTTP/2 PINGs will not keep the connection alive.\nSee Envoy's [idle_timeout](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#envoy-v3-api-field-config-core-v3-httpprotocoloptions-idle-timeout)."],
   "httpMaxConnectionDuration":["duration","The maximum duration of a connection.\nWhen this duration is reached, a drain sequence will begin and the connection will be closed\nafter the drain timeout period if there are no active streams.\nSee Envoy's [max_connection_duration](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#envoy-v3-api-field-config-core-v3-httpprotocoloptions-max-connection-duration)."],
   "httpDrainTimeout":["duration","The time that Envoy will wait between sending an HTTP/2 shutdown notification (GOAWAY frame with max stream ID)\nand a final GOAWAY frame. This is used so that Envoy can drain in-flight requests.\nSee Envoy's [drain_timeout](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto#envoy-v3-api-field-extensions-filters-network-http-connection-manager-v3-httpconnectionmanager-drain-timeout)."],
   "httpRequestTimeout":["duration","The amount of time that Envoy will wait for the entire request to be received.\nThe timer is activated when the request is initiated, and is disarmed when the last byte of\nthe request is sent upstream or when the response is initiated.\nSee Envoy's [request_timeout](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto#envoy-v3-api-field-extensions-filters-network-http-connection-manager-v3-httpconnectionmanager-request-timeout)."],
   "httpRequestHeadersTimeout":["duration","The amount of time Envoy will wait for the request headers to be received.\nThe timer is activated when the first byte of the headers is received and is disarmed when the last byte of the headers has been received.\nSee Envoy's [request_headers_timeout](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto#envoy-v3-api-field-extensions-filters-network-http-connection-manager-v3-httpconnectionmanager-request-headers-timeout)."],
   "httpStreamIdleTimeout":["duration","The amount of time that Envoy will allow a stream to exist with no activity.\nThe timer is reset each time an encode/decode event for headers or data is processed for the stream.\nSee Envoy's [stream_idle_timeout](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto#envoy-v3-api-field-extensions-filters-network-http-connection-manager-v3-httpconnectionmanager-stream-idle-timeout)."],
   "httpMaxStreamDuration":["duration","Total duration to keep alive an HTTP request/response stream.\nIf the time limit is reached, the stream will be reset independent of any other timeouts.\nSee Envoy's [max_stream_duration](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#envoy-v3-api-field-config-core-v3-httpprotocoloptions-max-stream-duration)."],
   "httpMaxConcurrentStreams":["int","Maximum number of concurrent streams allowed for HTTP/2 connections.\nSee Envoy's [max_concurrent_streams](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#envoy-v3-api-field-config-core-v3-http2protocoloptions-max-concurrent-streams)."],
   "http2InitialStreamWindowSize":["int","Initial stream-level flow-control window size for HTTP/2 connections.\nValid values range from 65535 (2^16 - 1, HTTP/2 default) to 2147483647 (2^31 - 1, HTTP/2 maximum).\nSee Envoy's [initial_stream_window_size](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#envoy-v3-api-field-config-core-v3-http2protocoloptions-initial-stream-window-size)."],
   "http2InitialConnectionWindowSize":["int","Initial connection-level flow-control window size for HTTP/2 connections.\nValid values range from 65535 (2^16 - 1, HTTP/2 default) to 2147483647 (2^31 - 1, HTTP/2 maximum).\nSee Envoy's [initial_connection_window_size](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#envoy-v3-api-field-config-core-v3-http2protocoloptions-initial-connection-window-size)."],
   "httpHeadersWithUnderscoresAction":["mesh.ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction","Action to take when a client request contains header names with underscore characters.\nSee Envoy's [headers_with_underscores_action](https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#envoy-v3-api-field-config-core-v3-httpprotocoloptions-headers-with-underscores-action)."],
   "httpMergeSlashes":["bool","Determines if adjacent slashes in the path are merged into a single slash.\nThis is useful for protecting against path confusion attacks where different backend services\ninterpret paths with multiple slashes differently.\nSee Envoy's [merge_slashes](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto#envoy-v3-api-field-extensions-filters-network-http-connection-manager-v3-httpconnectionmanager-merge-slashes)."],
   "httpPathWithEscapedSlashesAction":["mesh.ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction","Action to take when a request path contains escaped slash sequences (%2F, %5C).\nSee Envoy's [path_with_escaped_slashes_action](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto#envoy-v3-api-field-extensions-filters-network-http-connection-manager-v3-httpconnectionmanager-path-with-escaped-slashes-action)."],
   "listenerConnectionLimit":["int","The maximum number of connections that a single listener will accept.\nMaps to Envoy's per-listener connection limit via runtime configuration\n(\u0060envoy.resource_limits.listener.<listener_name>.connection_limit\u0060).\nSee Envoy's [edge best practices](https://www.envoyproxy.io/docs/envoy/latest/configuration/best_practices/edge)."],
   "globalDownstreamConnectionLimit":["int","The maximum number of downstream connections allowed across all listeners.\nMaps to Envoy's global downstream max connections via runtime configuration\n(\u0060overload.global_downstream_max_connections\u0060).\nSee Envoy's [edge best practices](https://www.envoyproxy.io/docs/envoy/latest/configuration/best_practices/edge)."]
   },
  "mesh.ProxyConfig.ProxyHeaders":{
   "forwardedClientCert":["mesh.ForwardClientCertDetails","Controls the \u0060X-Forwarded-Client-Cert\u0060 header for inbound sidecar requests. To set this on gateways, use the \u0060Topology\u0060 setting.\nTo disable the header, configure either \u0060SANITIZE\u0060 (to always remove the header, if present) or \u0060FORWARD_ONLY\u0060 (to leave the header as-is).\nBy default, \u0060APPEND_FORWARD\u0060 will be used."],
   "setCurrentClientCertDetails":["mesh.ProxyConfig.ProxyHeaders.SetCurrentClientCertDetails","This field is valid only when forward_client_cert_details is APPEND_FORWARD or SANITIZE_SET\nand the client connection is mTLS. It specifies the fields in\nthe client certificate to be forwarded. Note that \u0060Hash\u0060 is always set, and\n\u0060By\u0060 is always set when the client certificate presents the URI type Subject Alternative Name value."],
   "requestId":["mesh.ProxyConfig.ProxyHeaders.RequestId","Controls the \u0060X-Request-Id\u0060 header. If enabled, a request ID is generated for each request if one is not already set.\nThis applies to all types of traffic (inbound, outbound, and gateways).\nIf disabled, no request ID will be generate for the request. If it is already present, it will be preserved.\nWarning: request IDs are a critical component to mesh tracing and logging, so disabling this is not recommended.\nThis header is enabled by default if not configured."],
   "server":["mesh.ProxyConfig.ProxyHeaders.Server","Controls the \u0060server\u0060 header. If enabled, the \u0060Server: istio-envoy\u0060 header is set in response headers for inbound traffic (including gateways).\nIf disabled, the \u0060Server\u0060 header is not modified. If it is already present, it will be preserved."],
   "attemptCount":["mesh.ProxyConfig.ProxyHeaders.AttemptCount","Controls the \u0060X-Envoy-Attempt-Count\u0060 header.\nIf enabled, this header will be added on outbound request headers (including gateways) that have retries configured.\nIf disabled, this header will not be set. If it is already present, it will be preserved.\nThis header is enabled by default if not configured."],
   "envoyDebugHeaders":["mesh.ProxyConfig.ProxyHeaders.EnvoyDebugHeaders","Controls various \u0060X-Envoy-*\u0060 headers, such as \u0060X-Envoy-Overloaded\u0060 and \u0060X-Envoy-Upstream-Service-Time\u0060. If enabled,\nthese headers will be included.\nIf disabled, these headers will not be set. If they are already present, they will be preserved.\nSee the [Envoy documentation](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/router/v3/router.proto#envoy-v3-api-field-extensions-filters-http-router-v3-router-suppress-envoy-headers) for more details.\nThese headers are enabled by default if not configured."],
   "metadataExchangeHeaders":["mesh.ProxyConfig.ProxyHeaders.MetadataExchangeHeaders","Controls Istio metadata exchange headers \u0060X-Envoy-Peer-Metadata\u0060 and \u0060X-Envoy-Peer-Metadata-Id\u0060.\nBy default, the behavior is unspecified.\nIf IN_MESH, these headers will not be appended to outbound requests from sidecars to services not in-mesh."],
   "preserveHttp1HeaderCase":["bool","When true, the original case of HTTP/1.x headers will be preserved\nas they pass through the proxy, rather than normalizing them to lowercase.\nThis field is particularly useful for applications that require case-sensitive\nheaders for interoperability with downstream systems or APIs that expect specific\ncasing.\nThe preserve_http1_header_case option only applies to HTTP/1.x traffic, as HTTP/2 requires all headers\nto be lowercase per the protocol specification. Envoy will ignore this field for HTTP/2\nrequests and automatically normalize headers to lowercase, ensuring compliance with HTTP/2\nstandards."],
   "xForwardedHost":["mesh.ProxyConfig.ProxyHeaders.XForwardedHost","Controls the \u0060X-Forwarded-Host\u0060 header. If enabled, the \u0060X-Forwarded-Host\u0060 header is appended\nwith the original host when it is rewritten.\nThis header is disabled by default."],
   "xForwardedPort":["mesh.ProxyConfig.ProxyHeaders.XForwardedPort","Controls the \u0060X-Forwarded-Port\u0060 header. If enabled, the \u0060X-Forwarded-Port\u0060 header is header with the port value\nclient used to connect to Envoy. It will be ignored if the \u0060\u0060x-forwarded-port\u0060\u0060 header has been set by any\ntrusted proxy in front of Envoy.\nThis header is disabled by default."]
   },
  "mesh.ProxyConfig.ProxyHeaders.XForwardedPort":{
   "enabled":["bool",""]
   },
  "mesh.ProxyConfig.ProxyHeaders.XForwardedHost":{
   "enabled":["bool",""]
   },
  "mesh.ProxyConfig.ProxyHeaders.MetadataExchangeHeaders":{
   "mode":["mesh.ProxyConfig.ProxyHeaders.MetadataExchangeMode",""]
   },
  "mesh.ProxyConfig.ProxyHeaders.EnvoyDebugHeaders":{
   "disabled":["bool",""]
   },
  "mesh.ProxyConfig.ProxyHeaders.AttemptCount":{
   "disabled":["bool",""]
   },
  "mesh.ProxyConfig.ProxyHeaders.Server":{
   "disabled":["bool",""],
   "value":["string","If set, and the server header is enabled, this value will be set as the server header. By default, \u0060istio-envoy\u0060 will be used."]
   },
  "mesh.ProxyConfig.ProxyHeaders.RequestId":{
   "disabled":["bool",""]
   },
  "mesh.ProxyConfig.ProxyHeaders.SetCurrentClientCertDetails":{
   "subject":["bool","Whether to forward the subject of the client cert. Defaults to true."],
   "cert":["bool","Whether to forward the entire client cert in URL encoded PEM format. This will appear in the\nXFCC header comma separated from other values with the value Cert=\"PEM\".\nDefaults to false."],
   "chain":["bool","Whether to forward the entire client cert chain (including the leaf cert) in URL encoded PEM\nformat. This will appear in the XFCC header comma separated from other values with the value\nChain=\"PEM\".\nDefaults to false."],
   "dns":["bool","Whether to forward the DNS type Subject Alternative Names of the client cert.\nDefaults to true."],
   "uri":["bool","Whether to forward the URI type Subject Alternative Name of the client cert. Defaults to\ntrue."]
   },
  "mesh.PrivateKeyProvider":{
   "cryptomb":["mesh.PrivateKeyProvider.CryptoMb","Use CryptoMb private key provider"],
   "qat":["mesh.PrivateKeyProvider.QAT","Use QAT private key provider"]
   },
  "mesh.PrivateKeyProvider.QAT":{
   "pollDelay":["duration","How long to wait before polling the hardware accelerator after a request has been submitted there.\nHaving a small value leads to quicker answers from the hardware but causes more polling loop spins,\nleading to potentially larger CPU usage.\nThe duration needs to be set to a value greater than or equal to 1 millisecond."],
   "fallback":["bool","If the private key provider isn’t available (eg. the required hardware capability doesn’t existed)\nEnvoy will fallback to the BoringSSL default implementation when the fallback is true.\nThe default value is false."]
   },
  "mesh.PrivateKeyProvider.CryptoMb":{
   "pollDelay":["duration","How long to wait until the per-thread processing queue should be processed. If the processing queue\ngets full (eight sign or decrypt requests are received) it is processed immediately.\nHowever, if the queue is not filled before the delay has expired, the requests already in the queue\nare processed, even if the queue is not full.\nIn effect, this value controls the balance between latency and throughput.\nThe duration needs to be set to a value greater than or equal to 1 millisecond."],
   "fallback":["bool","If the private key provider isn’t available (eg. the required hardware capability doesn’t existed)\nEnvoy will fallback to the BoringSSL default implementation when the fallback is true.\nThe default value is false."]
   },
  "networking.ProxyImage":{
   "imageType":["string","The image type of the image.\nIstio publishes default, debug, and distroless images.\nOther values are allowed if those image types (example: centos) are published to the specified hub.\nsupported values: default, debug, distroless."]
   },
  "mesh.ProxyConfig.ProxyStatsMatcher":{
   "inclusionPrefixes":["string[]","Proxy stats name prefix matcher for inclusion."],
   "inclusionSuffixes":["string[]","Proxy stats name suffix matcher for inclusion."],
   "inclusionRegexps":["string[]","Proxy stats name regexps matcher for inclusion."]
   },
  "mesh.Topology":{
   "numTrustedProxies":["int","Number of trusted proxies deployed in front of the Istio gateway proxy.\nWhen this option is set to value N greater than zero, the trusted client\naddress is assumed to be the Nth address from the right end of the\nX-Forwarded-For (XFF) header from the incoming request. If the\nX-Forwarded-For (XFF) header is missing or has fewer than N addresses, the\ngateway proxy falls back to using the immediate downstream connection's\nsource address as the trusted client address.\nNote that the gateway proxy will append the downstream connection's source\naddress to the X-Forwarded-For (XFF) address and set the\nX-Envoy-External-Address header to the trusted client address before\nforwarding it to the upstream services in the cluster.\nThe default value of numTrustedProxies is 0.\nSee [Envoy XFF](https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#config-http-conn-man-headers-x-forwarded-for)\nheader handling for more details."],
   "forwardClientCertDetails":["mesh.ForwardClientCertDetails","Configures how the gateway proxy handles x-forwarded-client-cert (XFCC)\nheader in the incoming request."],
   "proxyProtocol":["mesh.Topology.ProxyProtocolConfiguration","Enables [PROXY protocol](http://www.haproxy.org/download/1.5/doc/proxy-protocol.txt) for\ndownstream connections on a gateway."]
   },
  "mesh.Topology.ProxyProtocolConfiguration":{},
  "mesh.RemoteService":{
   "address":["string","Address of a remove service used for various purposes (access log\nreceiver, metrics receiver, etc.). Can be IP address or a fully\nqualified DNS name."],
   "tlsSettings":["networking.ClientTLSSettings","Use the \u0060tlsSettings\u0060 to specify the tls mode to use. If the remote service\nuses Istio mutual TLS and shares the root CA with istiod, specify the TLS\nmode as \u0060ISTIO_MUTUAL\u0060."],
   "tcpKeepalive":["networking.ConnectionPoolSettings.TCPSettings.TcpKeepalive","If set then set \u0060SO_KEEPALIVE\u0060 on the socket to enable TCP Keepalives."]
   },
  "mesh.SDS":{
   "enabled":["bool","True if SDS is enabled."],
   "k8sSaJwtPath":["string","Path of k8s service account JWT path."]
   },
  "mesh.Tracing":{
   "zipkin":["mesh.Tracing.Zipkin","Use a Zipkin tracer."],
   "lightstep":["mesh.Tracing.Lightstep","Use a Lightstep tracer.\nNOTE: For Istio 1.15+, this configuration option will result\nin using OpenTelemetry-based Lightstep integration."],
   "datadog":["mesh.Tracing.Datadog","Use a Datadog tracer."],
   "stackdriver":["mesh.Tracing.Stackdriver","Use a Stackdriver tracer."],
   "openCensusAgent":["mesh.Tracing.OpenCensusAgent","Use an OpenCensus tracer exporting to an OpenCensus agent."],
   "customTags":["mesh.Tracing.CustomTag{}","Configures the custom tags to be added to active span by all proxies (i.e. sidecars\nand gateways).\nThe key represents the name of the tag.\nEx:\n\u0060\u0060\u0060yaml\ncustom_tags:\n  new_tag_name:\n    header:\n      name: custom-http-header-name\n      default_value: defaulted-value-from-custom-header\n\u0060\u0060\u0060"],
   "maxPathTagLength":["int","Configures the maximum length of the request path to extract and include in the\nHttpUrl tag. Used to truncate length request paths to meet the needs of tracing\nbackend. If not set, then a length of 256 will be used."],
   "sampling":["number","The percentage of requests (0.0 - 100.0) that will be randomly selected for trace generation,\nif not requested by the client or not forced. Default is 1.0."],
   "tlsSettings":["networking.ClientTLSSettings","Use the tlsSettings to specify the tls mode to use. If the remote tracing service\nuses Istio mutual TLS and shares the root CA with istiod, specify the TLS\nmode as \u0060ISTIO_MUTUAL\u0060."],
   "enableIstioTags":["bool","Determines whether or not trace spans generated by Envoy will include Istio specific tags.\nBy default Istio specific tags are included in the trace spans."]
   },
  "mesh.Tracing.CustomTag":{
   "literal":["mesh.Tracing.Literal","The custom tag's value is the specified literal."],
   "environment":["mesh.Tracing.Environment","The custom tag's value should be populated from an environmental\nvariable"],
   "header":["mesh.Tracing.RequestHeader","The custom tag's value is populated by an http header from\nan incoming request."]
   },
  "mesh.Tracing.RequestHeader":{
   "name":["string","HTTP header name used to obtain the value from to populate the tag value."],
   "defaultValue":["string","Default value to be used for the tag when the named HTTP header does not exist.\nThe tag will be skipped if no default value is provided."]
   },
  "mesh.Tracing.Environment":{
   "name":["string","Name of the environment variable used to populate the tag's value"],
   "defaultValue":["string","When the environment variable is not found,\nthe tag's value will be populated with this default value if specified,\notherwise the tag will not be populated."]
   },
  "mesh.Tracing.Literal":{
   "value":["string","Static literal value used to populate the tag value."]
   },
  "mesh.Tracing.OpenCensusAgent":{
   "address":["string","gRPC address for the OpenCensus agent (e.g. dns://authority/host:port or\nunix:path). See [gRPC naming\ndocs](https://github.com/grpc/grpc/blob/master/doc/naming.md) for\ndetails."],
   "context":["mesh.Tracing.OpenCensusAgent.TraceContext[]","Specifies the set of context propagation headers used for distributed\ntracing. Default is \u0060[\"W3C_TRACE_CONTEXT\"]\u0060. If multiple values are specified,\nthe proxy will attempt to read each header for each request and will\nwrite all headers."]
   },
  "mesh.Tracing.Stackdriver":{
   "debug":["bool","debug enables trace output to stdout."],
   "maxNumberOfAttributes":["int","The global default max number of attributes per span.\ndefault is 200."],
   "maxNumberOfAnnotations":["int","The global default max number of annotation events per span.\ndefault is 200."],
   "maxNumberOfMessageEvents":["int","The global default max number of message events per span.\ndefault is 200."]
   },
  "mesh.Tracing.Datadog":{
   "address":["string","Address of the Datadog Agent."]
   },
  "mesh.Tracing.Lightstep":{
   "address":["string","Address of the Lightstep Satellite pool."],
   "accessToken":["string","The Lightstep access token."]
   },
  "mesh.Tracing.Zipkin":{
   "address":["string","Address of the Zipkin service (e.g. _zipkin:9411_)."]
   },
  "SidecarInjectorConfig":{
   "enableNamespacesByDefault":["bool","Enables sidecar auto-injection in namespaces by default."],
   "reinvocationPolicy":["string","Setting this to \u0060IfNeeded\u0060 will result in the sidecar injector being run again if additional mutations occur. Default: Never"],
   "neverInjectSelector":["object[]","Instructs Istio to not inject the sidecar on those pods, based on labels that are present in those pods.\n\nAnnotations in the pods have higher precedence than the label selectors.\nOrder of evaluation: Pod Annotations → NeverInjectSelector → AlwaysInjectSelector → Default Policy.\nSee https://istio.io/docs/setup/kubernetes/additional-setup/sidecar-injection/#more-control-adding-exceptions"],
   "alwaysInjectSelector":["object[]","See NeverInjectSelector."],
   "rewriteAppHTTPProbe":["bool","If true, webhook or istioctl injector will rewrite PodSpec for liveness health check to redirect request to sidecar. This makes liveness check work even when mTLS is enabled."],
   "injectedAnnotations":["string{}","injectedAnnotations are additional annotations that will be added to the pod spec after injection\nThis is primarily to support PSP annotations."],
   "injectionURL":["string","Configure the injection url for sidecar injector webhook"],
   "templates":["string{}","Templates defines a set of custom injection templates that can be used. For example, defining:\n\ntemplates:\n  hello: |\n    metadata:\n      labels:\n        hello: world\n\nThen starting a pod with the \u0060inject.istio.io/templates: hello\u0060 annotation, will result in the pod\nbeing injected with the hello=world labels.\nThis is intended for advanced configuration only; most users should use the built in template"],
   "defaultTemplates":["string[]","Default templates specifies a set of default templates that are used in sidecar injection.\nBy default, a template \u0060sidecar\u0060 is always provided, which contains the template of default sidecar.\nTo inject other additional templates, define it using the \u0060templates\u0060 option, and add it to\nthe default templates list.\nFor example:\n\ntemplates:\n  hello: |\n    metadata:\n      labels:\n        hello: world\n\ndefaultTemplates: [\"sidecar\", \"hello\"]"]
   },
  "TelemetryConfig":{
   "enabled":["bool","Controls whether telemetry is exported for Pilot."],
   "v2":["TelemetryV2Config","Configuration for Telemetry v2."]
   },
  "TelemetryV2Config":{
   "enabled":["bool","Controls whether pilot will configure telemetry v2."],
   "prometheus":["TelemetryV2PrometheusConfig","Telemetry v2 settings for prometheus."],
   "stackdriver":["TelemetryV2StackDriverConfig","Telemetry v2 settings for stackdriver."]
   },
  "TelemetryV2StackDriverConfig":{
   "enabled":["bool",""]
   },
  "TelemetryV2PrometheusConfig":{
   "enabled":["bool","Controls whether stats envoyfilter would be enabled or not."]
   },
  "PilotConfig":{
   "enabled":["bool","Controls whether Pilot is enabled."],
   "autoscaleEnabled":["bool","Controls whether a HorizontalPodAutoscaler is installed for Pilot."],
   "autoscaleMin":["int","Minimum number of replicas in the HorizontalPodAutoscaler for Pilot."],
   "autoscaleMax":["int","Maximum number of replicas in the HorizontalPodAutoscaler for Pilot."],
   "autoscaleBehavior":["object","See https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior"],
   "replicaCount":["int","Number of replicas in the Pilot Deployment.",1],
   "image":["string","Image name used for Pilot.\n\nThis can be set either to image name if hub is also set, or can be set to the full hub:name string.\n\nExamples: custom-pilot, docker.io/someuser:custom-pilot"],
   "traceSampling":["number","Trace sampling fraction.\n\nUsed to set the fraction of time that traces are sampled. Higher values are more accurate but add CPU overhead.\n\nAllowed values: 0.0 to 1.0"],
   "resources":["Resources","K8s resources settings.\n\nSee https://kubernetes.io/docs/concepts/configuration/manage-compute-resources-container/#resource-requests-and-limits-of-pod-and-container",1],
   "cpu":["TargetUtilizationConfig","Target CPU utilization used in HorizontalPodAutoscaler.\n\nSee https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",1],
   "nodeSelector":["string{}","K8s node selector.\n\nSee https://kubernetes.io/docs/concepts/configuration/assign-pod-node/#nodeselector",1],
   "keepaliveMaxServerConnectionAge":["goDuration","Maximum duration that a sidecar can be connected to a pilot.\n\nThis setting balances out load across pilot instances, but adds some resource overhead.\n\nExamples: 300s, 30m, 1h"],
   "deploymentLabels":["string{}","Labels that are added to Pilot deployment.\n\nSee https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"],
   "podLabels":["string{}","Labels that are added to Pilot pods.\n\nSee https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"],
   "configMap":["bool","Configuration settings passed to Pilot as a ConfigMap.\n\nThis controls whether the mesh config map, generated from values.yaml is generated.\nIf false, pilot wil use default values or user-supplied values, in that order of preference."],
   "env":["string{}","Environment variables passed to the Pilot container.\n\nExamples:\nenv:\n  ENV_VAR_1: value1\n  ENV_VAR_2: value2"],
   "affinity":["object","K8s affinity to set on the Pilot Pods."],
   "rollingMaxSurge":["intOrString","K8s rolling update strategy",1],
   "rollingMaxUnavailable":["intOrString","The number of pods that can be unavailable during a rolling update (see\n\u0060strategy.rollingUpdate.maxUnavailable\u0060 here:\nhttps://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/#DeploymentSpec).\nMay be specified as a number of pods or as a percent of the total number\nof pods at the start of the update.",1],
   "tolerations":["object[]","The node tolerations to be applied to the Pilot deployment so that it can be\nscheduled to particular nodes with matching taints.\nMore info: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#scheduling",1],
   "podAnnotations":["string{}","K8s annotations for pods.\n\nSee: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/",1],
   "serviceAnnotations":["string{}","K8s annotations for the Service.\n\nSee: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/"],
   "serviceAccountAnnotations":["string{}","K8s annotations for the service account"],
   "jwksResolverExtraRootCA":["string","Specifies an extra root certificate in PEM format. This certificate will be trusted\nby pilot when resolving JWKS URIs."],
   "hub":["string","Hub to pull the container image from. Image will be \u0060Hub/Image:Tag-Variant\u0060."],
   "tag":["string","The container image tag to pull. Image will be \u0060Hub/Image:Tag-Variant\u0060."],
   "variant":["string","The container image variant to pull. Options are \"debug\" or \"distroless\". Unset will use the default for the given version."],
   "seccompProfile":["object","The seccompProfile for the Pilot container.\n\nSee: https://kubernetes.io/docs/tutorials/security/seccomp/"],
   "topologySpreadConstraints":["object[]","The k8s topologySpreadConstraints for the Pilot pods."],
   "extraContainerArgs":["string[]","Additional container arguments for the Pilot container."],
   "volumeMounts":["object[]","Additional volumeMounts to add to the Pilot container."],
   "volumes":["object[]","Additional volumes to add to the Pilot Pod."],
   "ipFamilies":["string[]","Defines which IP family to use for single stack or the order of IP families for dual-stack.\nValid list items are \"IPv4\", \"IPv6\".\nMore info: https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services"],
   "ipFamilyPolicy":["string","Controls whether Services are configured to use IPv4, IPv6, or both. Valid options\nare PreferDualStack, RequireDualStack, and SingleStack.\nMore info: https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services"],
   "memory":["TargetUtilizationConfig","Target memory utilization used in HorizontalPodAutoscaler.\n\nSee https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",1],
   "cni":["CNIUsageConfig","Configures whether to use an existing CNI installation for workloads"],
   "taint":["PilotTaintControllerConfig",""],
   "trustedZtunnelNamespace":["string","If set, \u0060istiod\u0060 will allow connections from trusted node proxy ztunnels\nin the provided namespace."],
   "istiodRemote":["IstiodRemoteConfig","Configuration for the istio-discovery chart when istiod is running in a remote cluster (e.g. \"remote control plane\")."],
   "envVarFrom":["object[]","Configuration for the istio-discovery chart"],
   "crlConfigMapName":["string","Select a custom name for istiod's plugged-in CA CRL ConfigMap."]
   },
  "PilotTaintControllerConfig":{
   "enabled":["bool","Enable the untaint controller for new nodes. This aims to solve a race for CNI installation on\nnew nodes. For this to work, the newly added nodes need to have the istio CNI taint as they are\nadded to the cluster. This is usually done by configuring the cluster infra provider."],
   "namespace":["string","The namespace of the CNI daemonset, incase it's not the same as istiod."],
   "name":["string","The taint key used by the node-untaint controller to identify nodes that should be untainted.\nThis corresponds to the Helm chart value \u0060values.pilot.taint.name\u0060 and the\nenvironment variable \u0060PILOT_NODE_UNTAINT_CONTROLLERS_TAINT_NAME\u0060 used by istiod."]
   },
  "CNIUsageConfig":{
   "enabled":["bool","Controls whether CNI should be used."],
   "provider":["string","Specifies the CNI provider. Can be either \"default\" or \"multus\". When set to \"multus\", an annotation\n\u0060k8s.v1.cni.cncf.io/networks\u0060 is set on injected pods to point to a NetworkAttachmentDefinition"]
   },
  "TargetUtilizationConfig":{
   "targetAverageUtilization":["int","K8s utilization setting for HorizontalPodAutoscaler target.\n\nSee https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"]
   },
  "Resources":{
   "limits":["quantity{}","The maximum amount of compute resources allowed.\nMore info: https://kubernetes.io/docs/concepts/configuration/manage-compute-resources-container/"],
   "requests":["quantity{}","The minimum amount of compute resources required. If Requests is omitted for a container,\nit defaults to Limits if that is explicitly specified, otherwise to an implementation-defined value.\nMore info: https://kubernetes.io/docs/concepts/configuration/manage-compute-resources-container/"]
   },
  "GlobalConfig":{
   "arch":["ArchConfig","Specifies pod scheduling arch(amd64, ppc64le, s390x, arm64) and weight as follows:\n  0 - Never scheduled\n  1 - Least preferred\n  2 - No preference\n  3 - Most preferred\n\nDeprecated: replaced by the affinity k8s settings which allows architecture nodeAffinity configuration of this behavior.",1],
   "certSigners":["string[]","List of certSigners to allow \"approve\" action in the ClusterRole"],
   "configValidation":["bool","Controls whether the server-side validation is enabled."],
   "defaultNodeSelector":["string{}","Default k8s node selector for all the Istio control plane components\n\nSee https://kubernetes.io/docs/concepts/configuration/assign-pod-node/#nodeselector",1],
   "defaultPodDisruptionBudget":["DefaultPodDisruptionBudgetConfig","Specifies the default pod disruption budget configuration."],
   "defaultResources":["Resources","Default k8s resources settings for all Istio control plane components.\n\nSee https://kubernetes.io/docs/concepts/configuration/manage-compute-resources-container/#resource-requests-and-limits-of-pod-and-container",1],
   "defaultTolerations":["object[]","Default node tolerations to be applied to all deployments so that all pods can be\nscheduled to nodes with matching taints. Each component can overwrite\nthese default values by adding its tolerations block in the relevant section below\nand setting the desired values.\nConfigure this field in case that all pods of Istio control plane are expected to\nbe scheduled to particular nodes with specified taints.",1],
   "hub":["string","Specifies the docker hub for Istio images."],
   "imagePullPolicy":["PullPolicy","Specifies the image pull policy for the Istio images. one of Always, Never, IfNotPresent.\nDefaults to Always if :latest tag is specified, or IfNotPresent otherwise. Cannot be updated.\n\nMore info: https://kubernetes.io/docs/concepts/containers/images#updating-images"],
   "imagePullSecrets":["string[]","ImagePullSecrets for the control plane ServiceAccount, list of secrets in the same namespace\nto use for pulling any images in pods that reference this ServiceAccount.\nMust be set for any cluster configured with private docker registry."],
   "istioNamespace":["string","Specifies the default namespace for the Istio control plane components."],
   "logAsJson":["bool","Specifies whether istio components should output logs in json format by adding --log_as_json argument to each container."],
   "logging":["GlobalLoggingConfig","Specifies the global logging level settings for the Istio control plane components."],
   "meshID":["string","The Mesh Identifier. It should be unique within the scope where\nmeshes will interact with each other, but it is not required to be\nglobally/universally unique. For example, if any of the following are true,\nthen two meshes must have different Mesh IDs:\n- Meshes will have their telemetry aggregated in one place\n- Meshes will be federated together\n- Policy will be written referencing one mesh from the other\n\nIf an administrator expects that any of these conditions may become true in\nthe future, they should ensure their meshes have different Mesh IDs\nassigned.\n\nWithin a multicluster mesh, each cluster must be (manually or auto)\nconfigured to have the same Mesh ID value. If an existing cluster 'joins' a\nmulticluster mesh, it will need to be migrated to the new mesh ID. Details\nof migration TBD, and it may be a disruptive operation to change the Mesh\nID post-install.\n\nIf the mesh admin does not specify a value, Istio will use the value of the\nmesh's Trust Domain. The best practice is to select a proper Trust Domain\nvalue."],
   "meshNetworks":["mesh.Network{}","Configure the mesh networks to be used by the Split Horizon EDS.\n\nThe following example defines two networks with different endpoints association methods.\nFor \u0060network1\u0060 all endpoints that their IP belongs to the provided CIDR range will be\nmapped to network1. The gateway for this network example is specified by its public IP\naddress and port.\nThe second network, \u0060network2\u0060, in this example is defined differently with all endpoints\nretrieved through the specified Multi-Cluster registry being mapped to network2. The\ngateway is also defined differently with the name of the gateway service on the remote\ncluster. The public IP for the gateway will be determined from that remote service (only\nLoadBalancer gateway service type is currently supported, for a NodePort type gateway service,\nit still need to be configured manually).\n\nmeshNetworks:\n  network1:\n    endpoints:\n    - fromCidr: \"192.168.0.1/24\"\n    gateways:\n    - address: 1.1.1.1\n      port: 80\n  network2:\n    endpoints:\n    - fromRegistry: reg1\n    gateways:\n    - registryServiceName: istio-ingressgateway.istio-system.svc.cluster.local\n      port: 443"],
   "multiCluster":["MultiClusterConfig","Specifies the Configuration for Istio mesh across multiple clusters through Istio gateways."],
   "network":["string","Network defines the network this cluster belong to. This name\ncorresponds to the networks in the map of mesh networks."],
   "podDNSSearchNamespaces":["string[]","Custom DNS config for the pod to resolve names of services in other\nclusters. Use this to add additional search domains, and other settings.\nsee https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#dns-config\nThis does not apply to gateway pods as they typically need a different\nset of DNS settings than the normal application pods (e.g. in multicluster scenarios)."],
   "omitSidecarInjectorConfigMap":["bool","Controls whether the creation of the sidecar injector ConfigMap should be skipped.\nDefaults to false. When set to true, the sidecar injector ConfigMap will not be created."],
   "operatorManageWebhooks":["bool","Controls whether the WebhookConfiguration resource(s) should be created. The current behavior\nof Istiod is to manage its own webhook configurations.\nWhen this option is set to true, Istio Operator, instead of webhooks, manages the\nwebhook configurations. When this option is set as false, webhooks manage their\nown webhook configurations."],
   "priorityClassName":["string","Specifies the k8s priorityClassName for the istio control plane components.\n\nSee https://kubernetes.io/docs/concepts/configuration/pod-priority-preemption/#priorityclass",1],
   "proxy":["ProxyConfig","Specifies how proxies are configured within Istio."],
   "proxy_init":["ProxyInitConfig","Specifies the Configuration for proxy_init container which sets the pods' networking to intercept the inbound/outbound traffic."],
   "sds":["SDSConfig","Specifies the Configuration for the SecretDiscoveryService instead of using K8S secrets to mount the certificates."],
   "tag":["string","Specifies the tag for the Istio docker images."],
   "variant":["string","The variant of the Istio container images to use. Options are \"debug\" or \"distroless\". Unset will use the default for the given version."],
   "tracer":["TracerConfig","Specifies the Configuration for each of the supported tracers."],
   "remotePilotAddress":["string","Specifies the Istio control plane’s pilot Pod IP address or remote cluster DNS resolvable hostname."],
   "istiod":["IstiodConfig","Specifies the configution of istiod"],
   "pilotCertProvider":["string","Configure the Pilot certificate provider.\nCurrently, four providers are supported: \"kubernetes\", \"istiod\", \"custom\" and \"none\"."],
   "jwtPolicy":["string","Configure the policy for validating JWT.\nThis is deprecated and has no effect.",1],
   "sts":["STSConfig","Specifies the configuration for Security Token Service."],
   "revision":["string","Configures the revision this control plane is a part of"],
   "mountMtlsCerts":["bool","Controls whether the in-cluster MTLS key and certs are loaded from the secret volume mounts."],
   "caAddress":["string","The address of the CA for CSR."],
   "externalIstiod":["bool","Controls whether one external istiod is enabled."],
   "configCluster":["bool","Controls whether a remote cluster is the config cluster for an external istiod"],
   "caName":["string","The name of the CA for workloads.\nFor example, when caName=GkeWorkloadCertificate, GKE workload certificates\nwill be used as the certificates for workloads.\nThe default value is \"\" and when caName=\"\", the CA will be configured by other\nmechanisms (e.g., environmental variable CA_PROVIDER)."],
   "platform":["string","Platform in which Istio is deployed. Possible values are: \"openshift\" and \"gcp\"\nAn empty value means it is a vanilla Kubernetes distribution, therefore no special\ntreatment will be considered."],
   "ipFamilies":["string[]","Defines which IP family to use for single stack or the order of IP families for dual-stack.\nValid list items are \"IPv4\", \"IPv6\".\nMore info: https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services"],
   "ipFamilyPolicy":["string","Controls whether Services are configured to use IPv4, IPv6, or both. Valid options\nare PreferDualStack, RequireDualStack, and SingleStack.\nMore info: https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services"],
   "waypoint":["WaypointConfig","Specifies how waypoints are configured within Istio."],
   "trustBundleName":["string","Select a custom name for istiod's CA Root Cert ConfigMap."],
   "nativeNftables":["bool","Specifies whether native nftables rules should be used instead of iptables rules for traffic redirection."],
   "networkPolicy":["NetworkPolicyConfig","Settings related to Kubernetes NetworkPolicy."],
   "resourceScope":["ResourceScope","Specifies resource scope for discovery selectors.\nThis is useful when installing Istio on a cluster where some resources need to be owned by a cluster administrator and some can be owned by the mesh administrator."],
   "agentgateway":["Agentgateway","Specifies how proxies are configured within Istio."],
   "enableReaderRBAC":["bool","If true, install istio-reader service account and associated cluster role/binding,\nwhich are used for multicluster remote-secret workflows."],
   "readerServiceAccount":["ReaderServiceAccount","Optionally specify a custom service account to bind to the istio-reader ClusterRole.\nWhen set, the default istio-reader-service-account is not created."]
   },
  "ReaderServiceAccount":{
   "name":["string",""],
   "namespace":["string",""]
   },
  "Agentgateway":{
   "image":["string",""]
   },
  "NetworkPolicyConfig":{
   "enabled":["bool","Controls whether default NetworkPolicy resources will be created."]
   },
  "WaypointConfig":{
   "resources":["Resources","K8s resource settings.\n\nSee https://kubernetes.io/docs/concepts/configuration/manage-compute-resources-container/#resource-requests-and-limits-of-pod-and-container"],
   "affinity":["object","K8s affinity settings for waypoint pods.\n\nSee https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity"],
   "topologySpreadConstraints":["object[]","K8s topology spread constraints settings.\n\nSee https://kubernetes.io/docs/concepts/workloads/pods/pod-topology-spread-constraints/"],
   "nodeSelector":["object","K8s node labels settings.\n\nSee https://kubernetes.io/docs/user-guide/node-selection/"],
   "toleration":["object[]","K8s tolerations settings.\n\nSee https://kubernetes.io/docs/concepts/configuration/taint-and-toleration/"]
   },
  "STSConfig":{
   "servicePort":["int",""]
   },
  "IstiodConfig":{
   "enableAnalysis":["bool","If enabled, istiod will perform config analysis"]
   },
  "TracerConfig":{
   "datadog":["TracerDatadogConfig","Configuration for the datadog tracing service."],
   "lightstep":["TracerLightStepConfig","Configuration for the lightstep tracing service."],
   "zipkin":["TracerZipkinConfig","Configuration for the zipkin tracing service."],
   "stackdriver":["TracerStackdriverConfig","Configuration for the stackdriver tracing service."]
   },
  "TracerStackdriverConfig":{
   "debug":["bool","enables trace output to stdout."],
   "maxNumberOfAttributes":["int","The global default max number of attributes per span."],
   "maxNumberOfAnnotations":["int","The global default max number of annotation events per span."],
   "maxNumberOfMessageEvents":["int","The global default max number of message events per span."]
   },
  "TracerZipkinConfig":{
   "address":["string","Address of zipkin instance in host:port format for reporting trace data.\n\nExample: <zipkin-collector-service>.<zipkin-collector-namespace>:941"]
   },
  "TracerLightStepConfig":{
   "address":["string","Sets the lightstep satellite pool address in host:port format for reporting trace data."],
   "accessToken":["string","Sets the lightstep access token."]
   },
  "TracerDatadogConfig":{
   "address":["string","Address in host:port format for reporting trace data to the Datadog agent."]
   },
  "SDSConfig":{
   "token":["object","",1]
   },
  "ProxyInitConfig":{
   "image":["string","Specifies the image for the proxy_init container."],
   "resources":["Resources","K8s resources settings.\n\nSee https://kubernetes.io/docs/concepts/configuration/manage-compute-resources-container/#resource-requests-and-limits-of-pod-and-container",1]
   },
  "ProxyConfig":{
   "autoInject":["string","Controls the 'policy' in the sidecar injector."],
   "clusterDomain":["string","Domain for the cluster, default: \"cluster.local\".\n\nK8s allows this to be customized, see https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/"],
   "componentLogLevel":["string","Per Component log level for proxy, applies to gateways and sidecars.\n\nIf a component level is not set, then the global \"logLevel\" will be used. If left empty, \"misc:error\" is used."],
   "enableCoreDump":["bool","Enables core dumps for newly injected sidecars.\n\nIf set, newly injected sidecars will have core dumps enabled.",1],
   "excludeInboundPorts":["string","Specifies the Istio ingress ports not to capture."],
   "excludeIPRanges":["string","Lists the excluded IP ranges of Istio egress traffic that the sidecar captures."],
   "image":["string","Image name or path for the proxy, default: \"proxyv2\".\n\nIf registry or tag are not specified, global.hub and global.tag are used.\n\nExamples: my-proxy (uses global.hub/tag), docker.io/myrepo/my-proxy:v1.0.0"],
   "includeIPRanges":["string","Lists the IP ranges of Istio egress traffic that the sidecar captures.\n\nExample: \"172.30.0.0/16,172.20.0.0/16\"\nThis would only capture egress traffic on those two IP Ranges, all other outbound traffic would # be allowed by the sidecar.\""],
   "logLevel":["string","Log level for proxy, applies to gateways and sidecars. If left empty, \"warning\" is used. Expected values are: trace\\|debug\\|info\\|warning\\|error\\|critical\\|off"],
   "outlierLogPath":["string","Path to the file to which the proxy will write outlier detection logs.\n\nExample: \"/dev/stdout\"\nThis would write the logs to standard output."],
   "privileged":["bool","Enables privileged securityContext for the istio-proxy container.\n\nSee https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
   "readinessInitialDelaySeconds":["int","Sets the initial delay for readiness probes in seconds."],
   "readinessPeriodSeconds":["int","Sets the interval between readiness probes in seconds."],
   "readinessFailureThreshold":["int","Sets the number of successive failed probes before indicating readiness failure."],
   "seccompProfile":["object","Configures the seccomp profile for the istio-validation and istio-proxy containers.\n\nSee: https://kubernetes.io/docs/tutorials/security/seccomp/"],
   "startupProbe":["StartupProbe","Configures the startup probe for the istio-proxy container."],
   "statusPort":["int","Default port used for the Pilot agent's health checks."],
   "resources":["Resources","K8s resources settings.\n\nSee https://kubernetes.io/docs/concepts/configuration/manage-compute-resources-container/#resource-requests-and-limits-of-pod-and-container",1],
   "tracer":["tracer","Specify which tracer to use. One of: zipkin, lightstep, datadog, stackdriver.\nIf using stackdriver tracer outside GCP, set env GOOGLE_APPLICATION_CREDENTIALS to the GCP credential file."],
   "excludeOutboundPorts":["string","A comma separated list of outbound ports to be excluded from redirection to Envoy."],
   "lifecycle":["object","The k8s lifecycle hooks definition (pod.spec.containers.lifecycle) for the proxy container.\nMore info: https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#container-hooks"],
   "holdApplicationUntilProxyStarts":["bool","Controls if sidecar is injected at the front of the container list and blocks the start of the other containers until the proxy is ready\n\nDeprecated: replaced by ProxyConfig setting which allows per-pod configuration of this behavior.",1],
   "includeInboundPorts":["string","A comma separated list of inbound ports for which traffic is to be redirected to Envoy.\nThe wildcard character '*' can be used to configure redirection for all ports."],
   "includeOutboundPorts":["string","A comma separated list of outbound ports for which traffic is to be redirected to Envoy, regardless of the destination IP."]
   },
  "StartupProbe":{
   "enabled":["bool","Enables or disables a startup probe.\nFor optimal startup times, changing this should be tied to the readiness probe values.\n\nIf the probe is enabled, it is recommended to have delay=0s,period=15s,failureThreshold=4.\nThis ensures the pod is marked ready immediately after the startup probe passes (which has a 1s poll interval),\nand doesn't spam the readiness endpoint too much\n\nIf the probe is disabled, it is recommended to have delay=1s,period=2s,failureThreshold=30.\nThis ensures the startup is reasonable fast (polling every 2s). 1s delay is used since the startup is not often ready instantly."],
   "failureThreshold":["int","Minimum consecutive failures for the probe to be considered failed after having succeeded."]
   },
  "MultiClusterConfig":{
   "enabled":["bool","Enables the connection between two kubernetes clusters via their respective ingressgateway services.\nUse if the pods in each cluster cannot directly talk to one another."],
   "clusterName":["string","The name of the cluster this installation will run in. This is required for sidecar injection\nto properly label proxies"],
   "globalDomainSuffix":["string","The suffix for global service names."],
   "includeEnvoyFilter":["bool","Enable envoy filter to translate \u0060globalDomainSuffix\u0060 to cluster local suffix for cross cluster communication."]
   },
  "mesh.Network":{
   "endpoints":["mesh.Network.NetworkEndpoints[]","The list of endpoints in the network (obtained through the\nconstituent service registries or from CIDR ranges). All endpoints in\nthe network are directly accessible to one another."],
   "gateways":["mesh.Network.IstioNetworkGateway[]","Set of gateways associated with the network."]
   },
  "mesh.Network.IstioNetworkGateway":{
   "registryServiceName":["string","A fully qualified domain name of the gateway service.  istiod will\nlookup the service from the service registries in the network and\nobtain the endpoint IPs of the gateway from the service\nregistry. Note that while the service name is a fully qualified\ndomain name, it need not be resolvable outside the orchestration\nplatform for the registry. e.g., this could be\nistio-ingressgateway.istio-system.svc.cluster.local."],
   "address":["string","IP address or externally resolvable DNS address associated with the gateway."],
   "port":["int","The port associated with the gateway."],
   "locality":["string","The locality associated with an explicitly specified gateway (i.e. ip)"]
   },
  "mesh.Network.NetworkEndpoints":{
   "fromCidr":["string","A CIDR range for the set of endpoints in this network. The CIDR\nranges for endpoints from different networks must not overlap."],
   "fromRegistry":["string","Add all endpoints from the specified registry into this network.\nThe names of the registries should correspond to the kubeconfig file name\ninside the secret that was used to configure the registry (Kubernetes\nmulticluster) or supplied by MCP server."]
   },
  "GlobalLoggingConfig":{
   "level":["string","Comma-separated minimum per-scope logging level of messages to output, in the form of <scope>:<level>,<scope>:<level>\nThe control plane has different scopes depending on component, but can configure default log level across all components\nIf empty, default scope and level will be used as configured in code"]
   },
  "DefaultPodDisruptionBudgetConfig":{
   "enabled":["bool","Controls whether a PodDisruptionBudget with a default minAvailable value of 1 is created for each deployment."]
   },
  "ArchConfig":{
   "amd64":["int","Sets pod scheduling weight for amd64 arch"],
   "ppc64le":["int","Sets pod scheduling weight for ppc64le arch."],
   "s390x":["int","Sets pod scheduling weight for s390x arch."],
   "arm64":["int","Sets pod scheduling weight for arm64 arch."]
   }
  },
 "enums":{
  "mesh.MeshConfig.IngressControllerMode":{
   "UNSPECIFIED":"Unspecified Istio ingress controller.",
   "OFF":"Disables Istio ingress controller.",
   "DEFAULT":"Istio ingress controller will act on ingress resources that do not\ncontain any annotation or whose annotations match the value\nspecified in the ingressClass parameter described earlier. Use this\nmode if Istio ingress controller will be the default ingress\ncontroller for the entire Kubernetes cluster.",
   "STRICT":"Istio ingress controller will only act on ingress resources whose\nannotations match the value specified in the ingressClass parameter\ndescribed earlier. Use this mode if Istio ingress controller will be\na secondary ingress controller (e.g., in addition to a\ncloud-provided ingress controller)."
   },
  "mesh.MeshConfig.AccessLogEncoding":{
   "TEXT":"text encoding for the proxy access log",
   "JSON":"json encoding for the proxy access log"
   },
  "mesh.MeshConfig.H2UpgradePolicy":{
   "DO_NOT_UPGRADE":"Do not upgrade connections to http2.",
   "UPGRADE":"Upgrade the connections to http2."
   },
  "mesh.ServiceEntryVisibility.Visibility":{
   "VISIBILITY_UNSPECIFIED":"Default. Resolves to \u0060PUBLIC\u0060 to preserve legacy behavior.",
   "NONE":"Not visible anywhere: the ServiceEntry may be written, but Istio\nconfigures no dataplane for it. Useful to expressly forbid a class of\nServiceEntry.",
   "NAMESPACE":"Visible only within the namespace the ServiceEntry is defined in.\nEquivalent to the legacy \u0060exportTo: \".\"\u0060.",
   "PUBLIC":"Visible to every workload the holding control plane configures.\nEquivalent to the legacy \u0060exportTo: \"*\"\u0060.\n\nThe reach of \u0060PUBLIC\u0060 is a control-plane-connectivity boundary, not a\nfixed topological one: it extends exactly as far as the control plane\nthat holds this ServiceEntry distributes configuration. Mesh topology\ntherefore determines how far \u0060PUBLIC\u0060 actually reaches, and the same\nentry scopes differently under different topologies. For example, in a\nsingle-primary multi-cluster mesh a \u0060PUBLIC\u0060 ServiceEntry reaches every\nproxy that primary configures, spanning clusters; in a multi-primary\nmesh it reaches only the proxies of the control plane that holds the\nentry and does not propagate to the other control planes."
   },
  "networking.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy":{
   "DEFAULT":"Use the global default.",
   "DO_NOT_UPGRADE":"Do not upgrade the connection to http2.\nThis opt-out option overrides the default.",
   "UPGRADE":"Upgrade the connection to http2.\nThis opt-in option overrides the default."
   },
  "mesh.MeshConfig.TLSConfig.TLSProtocol":{
   "TLS_AUTO":"Automatically choose the optimal TLS version.",
   "TLSV1_2":"TLS version 1.2",
   "TLSV1_3":"TLS version 1.3"
   },
  "mesh.MeshConfig.ProxyPathNormalization.NormalizationType":{
   "DEFAULT":"Apply default normalizations. Currently, this is BASE.",
   "NONE":"No normalization, paths are used as is.",
   "BASE":"Normalize according to [RFC 3986](https://tools.ietf.org/html/rfc3986).\nFor Envoy proxies, this is the [\u0060normalize_path\u0060](https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto.html) option.\nFor example, \u0060/a/../b\u0060 normalizes to \u0060/b\u0060.",
   "MERGE_SLASHES":"In addition to the \u0060BASE\u0060 normalization, consecutive slashes are also merged.\nFor example, \u0060/a//b\u0060 normalizes to \u0060a/b\u0060.",
   "DECODE_AND_MERGE_SLASHES":"In addition to normalization in \u0060MERGE_SLASHES\u0060, slash characters are UTF-8 decoded (case insensitive) prior to merging.\nThis means \u0060%2F\u0060, \u0060%2f\u0060, \u0060%5C\u0060, and \u0060%5c\u0060 sequences in the request path will be rewritten to \u0060/\u0060 or \u0060\\\u0060.\nFor example, \u0060/a%2f/b\u0060 normalizes to \u0060a/b\u0060."
   },
  "mesh.MeshConfig.ExtensionProvider.ServiceAttributeEnrichment":{
   "ISTIO_CANONICAL":"Use Istio's default service attribute enrichment logic.\nThe service name is determined by the \u0060TracingServiceName\u0060 setting in\n\u0060ProxyConfig\u0060 (e.g., based on the \u0060app\u0060 label, canonical name, etc.).",
   "OTEL_SEMANTIC_CONVENTIONS":"Follow the OpenTelemetry semantic conventions for Kubernetes service\nattributes. The service attributes are calculated following the fallback\nchain defined in:\nhttps://opentelemetry.io/docs/specs/semconv/non-normative/k8s-attributes/#service-attributes\n\nThe fallback chain for \u0060service.name\u0060 is:\n  1. \u0060resource.opentelemetry.io/service.name\u0060 annotation on the pod\n  2. \u0060app.kubernetes.io/name\u0060 label\n  3. Name of the owning Kubernetes resource (Deployment, StatefulSet, etc.)\n  4. Pod name\n  5. Container name (if single container in the pod)\n  6. \u0060unknown_service\u0060\n\nThe fallback chain for \u0060service.namespace\u0060 is:\n  1. \u0060resource.opentelemetry.io/service.namespace\u0060 annotation on the pod\n  2. Kubernetes namespace name\n\nThe fallback chain for \u0060service.version\u0060 is:\n  1. \u0060resource.opentelemetry.io/service.version\u0060 annotation on the pod\n  2. \u0060app.kubernetes.io/version\u0060 label\n\nThe fallback chain for \u0060service.instance.id\u0060 is:\n  1. \u0060resource.opentelemetry.io/service.instance.id\u0060 annotation on the pod\n  2. Pod UID"
   },
  "mesh.MeshConfig.ExtensionProvider.OpenCensusAgentTracingProvider.TraceContext":{
   "UNSPECIFIED":"Unspecified context. Should not be used for now, but added to reserve\nthe 0 enum value if TraceContext is used outside of a repeated field.",
   "W3C_TRACE_CONTEXT":"Use W3C Trace Context propagation using the \u0060traceparent\u0060 HTTP header.\nSee the\n[Trace Context documentation](https://www.w3.org/TR/trace-context/) for details.",
   "GRPC_BIN":"Use gRPC binary context propagation using the \u0060grpc-trace-bin\u0060 http header.",
   "CLOUD_TRACE_CONTEXT":"Use Cloud Trace context propagation using the\n\u0060X-Cloud-Trace-Context\u0060 http header.",
   "B3":"Use multi-header B3 context propagation using the \u0060X-B3-TraceId\u0060,\n\u0060X-B3-SpanId\u0060, and \u0060X-B3-Sampled\u0060 HTTP headers. See\n[B3 header propagation README](https://github.com/openzipkin/b3-propagation)\nfor details."
   },
  "mesh.MeshConfig.ExtensionProvider.ZipkinTracingProvider.TraceContextOption":{
   "USE_B3":"Use B3 headers only (default behavior).",
   "USE_B3_WITH_W3C_PROPAGATION":"Enable B3 and W3C dual header support:\n- For downstream: Extract from B3 headers first, fallback to W3C traceparent if B3 is unavailable.\n- For upstream: Inject both B3 and W3C traceparent headers.\nWhen this option is NOT set, only B3 headers are used for both extraction and injection."
   },
  "networking.ClientTLSSettings.TLSmode":{
   "DISABLE":"Do not setup a TLS connection to the upstream endpoint.",
   "SIMPLE":"Originate a TLS connection to the upstream endpoint.",
   "MUTUAL":"Secure connections to the upstream using mutual TLS by presenting\nclient certificates for authentication.",
   "ISTIO_MUTUAL":"Secure connections to the upstream using mutual TLS by presenting\nclient certificates for authentication.\nCompared to Mutual mode, this mode uses certificates generated\nautomatically by Istio for mTLS authentication. When this mode is\nused, all other fields in \u0060ClientTLSSettings\u0060 should be empty."
   },
  "mesh.MeshConfig.ServiceScopeConfigs.Scope":{
   "LOCAL":"",
   "GLOBAL":""
   },
  "mesh.Resource":{
   "SERVICE_REGISTRY":"Set to only receive service entries that are generated by the platform.\nThese auto generated service entries are combination of services and endpoints\nthat are generated by a specific platform e.g. k8"
   },
  "mesh.MeshConfig.InboundTrafficPolicy.Mode":{
   "PASSTHROUGH":"inbound traffic will be passed through to the destination listening\non Pod IP. This matches the behavior without Istio enabled at all\nallowing proxy to be transparent.",
   "LOCALHOST":"inbound traffic will be sent to the destinations listening on localhost."
   },
  "mesh.MeshConfig.OutboundTrafficPolicy.Mode":{
   "REGISTRY_ONLY":"In \u0060REGISTRY_ONLY\u0060 mode, unknown outbound traffic will be dropped.\nTraffic destinations must be explicitly declared into the service registry through \u0060ServiceEntry\u0060 configurations.\n\nNote: Istio [does not offer an outbound traffic security policy](https://istio.io/latest/docs/ops/best-practices/security/#understand-traffic-capture-limitations).\nThis option does not act as one, or as any form of an outbound firewall.\nInstead, this option exists primarily to offer users a way to detect missing \u0060ServiceEntry\u0060 configurations by explicitly failing.",
   "ALLOW_ANY":"In \u0060ALLOW_ANY\u0060 mode, any traffic to unknown destinations will be allowed.\nUnknown destination traffic will have limited functionality, however, such as reduced observability.\nThis mode allows users that do not have all possible egress destinations registered through \u0060ServiceEntry\u0060 configurations to still connect\nto arbitrary destinations.",
   "ALLOW_ANY_DYNAMIC_DNS":"In \u0060ALLOW_ANY_DYNAMIC_DNS\u0060 mode, traffic to unknown destinations will be allowed via dynamic DNS resolution.\nThis mode allows users that do not have all possible egress destinations registered through \u0060ServiceEntry\u0060 configurations to still connect\nto arbitrary destinations. Client TLS settings can be configured for connections to such destinations.\nThis mode cannot be used at the Sidecar level."
   },
  "mesh.ProxyConfig.TracingServiceName":{
   "APP_LABEL_AND_NAMESPACE":"Default scheme. Uses the \u0060app\u0060 label and workload namespace to construct\na cluster name. If the \u0060app\u0060 label does not exist \u0060istio-proxy\u0060 is used.",
   "CANONICAL_NAME_ONLY":"Uses the canonical name for a workload (*excluding namespace*).",
   "CANONICAL_NAME_AND_NAMESPACE":"Uses the canonical name and namespace for a workload."
   },
  "mesh.AuthenticationPolicy":{
   "NONE":"Do not encrypt proxy to control plane traffic.",
   "MUTUAL_TLS":"Proxy to control plane traffic is wrapped into mutual TLS connections.",
   "INHERIT":"Use the policy defined by the parent scope. Should not be used for mesh\npolicy."
   },
  "mesh.ProxyConfig.InboundInterceptionMode":{
   "REDIRECT":"The \u0060REDIRECT\u0060 mode uses iptables \u0060REDIRECT\u0060 to \u0060NAT\u0060 and redirect to Envoy. This mode loses\nsource IP addresses during redirection. This is the default redirection mode.",
   "TPROXY":"The \u0060TPROXY\u0060 mode uses iptables \u0060TPROXY\u0060 to redirect to Envoy. This mode preserves both the\nsource and destination IP addresses and ports, so that they can be used for advanced\nfiltering and manipulation. This mode also configures the sidecar to run with the\n\u0060CAP_NET_ADMIN\u0060 capability, which is required to use \u0060TPROXY\u0060.",
   "NONE":"The \u0060NONE\u0060 mode does not configure redirect to Envoy at all. This is an advanced\nconfiguration that typically requires changes to user applications."
   },
  "mesh.ProxyConfig.ConnectionSettings.Profile":{
   "SIDECAR":"SIDECAR profile preserves existing Istio behavior.\nThis is the default profile. No additional defaults are applied.",
   "EDGE":"EDGE profile applies Envoy's recommended defaults for edge gateway deployments.\nSee https://www.envoyproxy.io/docs/envoy/latest/configuration/best_practices/edge\nExplicitly setting any field overrides the corresponding profile default.\n\nDefaults applied by this profile:\n  listener_per_connection_buffer_limit_bytes: 32768 (32 KiB)\n  cluster_per_connection_buffer_limit_bytes:  32768 (32 KiB)\n  http_idle_timeout:                          3600s (1 hour)\n  http_request_timeout:                       300s  (5 minutes)\n  http_stream_idle_timeout:                   300s  (5 minutes)\n  http_max_concurrent_streams:                100\n  http2_initial_stream_window_size:           65536 (64 KiB)\n  http2_initial_connection_window_size:       1048576 (1 MiB)\n  http_headers_with_underscores_action:       HEADERS_WITH_UNDERSCORES_REJECT_REQUEST\n  http_merge_slashes:                         true\n  http_path_with_escaped_slashes_action:      UNESCAPE_AND_REDIRECT"
   },
  "mesh.ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction":{
   "HEADERS_WITH_UNDERSCORES_UNSPECIFIED":"Unspecified. When profile is EDGE, defaults to HEADERS_WITH_UNDERSCORES_REJECT_REQUEST.\nOtherwise defaults to HEADERS_WITH_UNDERSCORES_ALLOW.",
   "HEADERS_WITH_UNDERSCORES_ALLOW":"Allow headers with underscores.",
   "HEADERS_WITH_UNDERSCORES_REJECT_REQUEST":"Reject client request with 400 status. HTTP/1 requests are rejected with the \"underscore_in_headers\" response code.",
   "HEADERS_WITH_UNDERSCORES_DROP_HEADER":"Drop the header with name containing underscores. The header is dropped before the filter chain is invoked\nand as such filters will not see the header."
   },
  "mesh.ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction":{
   "PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED":"Unspecified. When profile is EDGE, defaults to UNESCAPE_AND_REDIRECT.\nOtherwise defaults to KEEP_UNCHANGED.",
   "KEEP_UNCHANGED":"Keep escaped slashes as they are.",
   "REJECT_REQUEST":"Reject client request with 400 status.",
   "UNESCAPE_AND_REDIRECT":"Unescape %2F and %5C sequences and redirect the request to the new path if the result path is different.",
   "UNESCAPE_AND_FORWARD":"Unescape %2F and %5C sequences and forward the request. Note that this option may introduce path confusion\nvulnerabilities if the backend service does not expect unescaped slashes."
   },
  "mesh.ForwardClientCertDetails":{
   "UNDEFINED":"Field is not set",
   "SANITIZE":"Do not send the XFCC header to the next hop.",
   "FORWARD_ONLY":"When the client connection is mTLS (Mutual TLS), forward the XFCC header\nin the request.",
   "APPEND_FORWARD":"When the client connection is mTLS, append the client certificate\ninformation to the request’s XFCC header and forward it. This is the default value for sidecar proxies.",
   "SANITIZE_SET":"When the client connection is mTLS, reset the XFCC header with the client\ncertificate information and send it to the next hop. This is the default value for gateway proxies.",
   "ALWAYS_FORWARD_ONLY":"Always forward the XFCC header in the request, regardless of whether the\nclient connection is mTLS."
   },
  "mesh.ProxyConfig.ProxyHeaders.MetadataExchangeMode":{
   "UNDEFINED":"Existing Istio behavior for the metadata exchange headers is unchanged.",
   "IN_MESH":"Only append the istio metadata exchange headers for services considered in-mesh.\nTraffic is considered in-mesh if it is secured with Istio mutual TLS. This means that \u0060MESH_EXTERNAL\u0060 services, unmatched passthrough traffic, and requests to workloads without Istio enabled will be considered out of mesh."
   },
  "mesh.Tracing.OpenCensusAgent.TraceContext":{
   "UNSPECIFIED":"Unspecified context. Should not be used for now, but added to reserve\nthe 0 enum value if TraceContext is used outside of a repeated field.",
   "W3C_TRACE_CONTEXT":"Use W3C Trace Context propagation using the \u0060traceparent\u0060 HTTP header.\nSee the\n[Trace Context documentation](https://www.w3.org/TR/trace-context/) for details.",
   "GRPC_BIN":"Use gRPC binary context propagation using the \u0060grpc-trace-bin\u0060 http header.",
   "CLOUD_TRACE_CONTEXT":"Use Cloud Trace context propagation using the\n\u0060X-Cloud-Trace-Context\u0060 http header.",
   "B3":"Use multi-header B3 context propagation using the \u0060X-B3-TraceId\u0060,\n\u0060X-B3-SpanId\u0060, and \u0060X-B3-Sampled\u0060 HTTP headers. See\n[B3 header propagation README](https://github.com/openzipkin/b3-propagation)\nfor details."
   },
  "ResourceScope":{
   "undefined":"",
   "all":"",
   "cluster":"",
   "namespace":""
   },
  "tracer":{
   "zipkin":"",
   "lightstep":"",
   "datadog":"",
   "stackdriver":"",
   "openCensusAgent":"",
   "none":""
   },
  "PullPolicy":{
   "Always":"",
   "IfNotPresent":"",
   "Never":""
   }
  },
 "defaults":{
  "sidecarInjectorWebhook":{
   "neverInjectSelector":[],
   "alwaysInjectSelector":[],
   "injectedAnnotations":{},
   "enableNamespacesByDefault":false,
   "reinvocationPolicy":"Never",
   "rewriteAppHTTPProbe":true,
   "templates":{},
   "defaultTemplates":[]
   },
  "istiodRemote":{
   "enabled":false,
   "enabledLocalInjectorIstiod":false,
   "injectionURL":"",
   "injectionPath":"/inject",
   "injectionCABundle":""
   },
  "telemetry":{
   "enabled":true,
   "v2":{
    "enabled":true,
    "prometheus":{"enabled":true},
    "stackdriver":{"enabled":false}
    }
   },
  "meshConfig":{
   "enablePrometheusMerge":true
   },
  "experimental":{
   "stableValidationPolicy":false
   },
  "global":{
   "istioNamespace":"istio-system",
   "certSigners":[],
   "defaultPodDisruptionBudget":{
    "enabled":true
    },
   "defaultResources":{
    "requests":{"cpu":"10m"}
    },
   "variant":"",
   "imagePullPolicy":"",
   "imagePullSecrets":[],
   "istiod":{
    "enableAnalysis":false
    },
   "logAsJson":false,
   "nativeNftables":false,
   "logging":{
    "level":"default:info"
    },
   "networkPolicy":{
    "enabled":false
    },
   "omitSidecarInjectorConfigMap":false,
   "resourceScope":"all",
   "operatorManageWebhooks":false,
   "priorityClassName":"",
   "proxy":{
    "image":"proxyv2",
    "autoInject":"enabled",
    "clusterDomain":"cluster.local",
    "componentLogLevel":"misc:error",
    "excludeInboundPorts":"",
    "includeInboundPorts":"*",
    "includeIPRanges":"*",
    "excludeIPRanges":"",
    "includeOutboundPorts":"",
    "excludeOutboundPorts":"",
    "logLevel":"warning",
    "outlierLogPath":"",
    "privileged":false,
    "seccompProfile":{},
    "readinessFailureThreshold":4,
    "readinessInitialDelaySeconds":0,
    "readinessPeriodSeconds":15,
    "startupProbe":{"enabled":true,"failureThreshold":600},
    "resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"cpu":"2000m","memory":"1024Mi"}},
    "statusPort":15020,
    "tracer":"none"
    },
   "proxy_init":{
    "image":"proxyv2",
    "forceApplyIptables":false
    },
   "remotePilotAddress":"",
   "caAddress":"",
   "externalIstiod":false,
   "configCluster":false,
   "configValidation":true,
   "meshID":"",
   "meshNetworks":{},
   "mountMtlsCerts":false,
   "multiCluster":{
    "clusterName":""
    },
   "network":"",
   "pilotCertProvider":"istiod",
   "sds":{
    "token":{"aud":"istio-ca"}
    },
   "sts":{
    "servicePort":0
    },
   "caName":"",
   "waypoint":{
    "resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"cpu":"2","memory":"1Gi"}},
    "affinity":{},
    "topologySpreadConstraints":[],
    "nodeSelector":{},
    "tolerations":[]
    }
   },
  "base":{
   "enableIstioConfigCRDs":true
   },
  "gatewayClasses":{},
  "pilot":{
   "autoscaleEnabled":true,
   "autoscaleMin":1,
   "autoscaleMax":5,
   "autoscaleBehavior":{},
   "replicaCount":1,
   "rollingMaxSurge":"100%",
   "rollingMaxUnavailable":"25%",
   "variant":"",
   "image":"pilot",
   "traceSampling":1,
   "resources":{
    "requests":{"cpu":"500m","memory":"2048Mi"}
    },
   "seccompProfile":{},
   "cni":{
    "enabled":false,
    "provider":"default"
    },
   "extraContainerArgs":[],
   "env":{},
   "envVarFrom":[],
   "taint":{
    "enabled":false,
    "namespace":"",
    "name":"cni.istio.io/not-ready"
    },
   "affinity":{},
   "tolerations":[],
   "cpu":{
    "targetAverageUtilization":80
    },
   "memory":{},
   "volumeMounts":[],
   "volumes":[],
   "initContainers":[],
   "nodeSelector":{},
   "podAnnotations":{},
   "serviceAnnotations":{},
   "serviceAccountAnnotations":{},
   "topologySpreadConstraints":[],
   "jwksResolverExtraRootCA":"",
   "keepaliveMaxServerConnectionAge":"30m",
   "deploymentLabels":{},
   "deploymentAnnotations":{},
   "configMap":true,
   "podLabels":{},
   "ipFamilyPolicy":"",
   "ipFamilies":[],
   "trustedZtunnelNamespace":"",
   "trustedZtunnelName":""
   }
  }
 },
"differences":{
 "1.27":{
  "types":{
   "mesh.MeshConfig":{
    "hboneIdleTimeout":null,
    "outboundTrafficPolicy":["mesh.MeshConfig.OutboundTrafficPolicy","Set the default behavior of the sidecar for handling outbound\ntraffic from the application.\n\nCan be overridden at a Sidecar level by setting the \u0060OutboundTrafficPolicy\u0060 in the\n[Sidecar API](https://istio.io/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy).\n\nDefault mode is \u0060ALLOW_ANY\u0060, which means outbound traffic to unknown destinations will be allowed."],
    "localityLbSetting":["networking.LocalityLoadBalancerSetting","Locality based load balancing distribution or failover settings.\nIf unspecified, locality based load balancing will be enabled by default.\nHowever, this requires outlierDetection to actually take effect for a particular\nservice, see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/failover/"],
    "zoneAwareLbSetting":null,
    "tlsDefaults":["mesh.MeshConfig.TLSConfig","Configuration of TLS for all traffic except for ISTIO_MUTUAL mode.\nCurrently, this supports configuration of ecdhCurves and cipherSuites only.\nFor ISTIO_MUTUAL TLS settings, use meshMTLS configuration."],
    "defaultTrafficPolicy":null,
    "serviceEntryVisibility":null
    },
   "mesh.ServiceEntryVisibility":null,
   "mesh.ServiceEntryVisibility.Policy":null,
   "mesh.ServiceEntryVisibility.MatchRule":null,
   "mesh.MeshConfig.DefaultTrafficPolicy":null,
   "networking.OutlierDetection":null,
   "networking.ConnectionPoolSettings":null,
   "networking.ConnectionPoolSettings.HTTPSettings":null,
   "networking.ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive":null,
   "networking.ConnectionPoolSettings.TCPSettings":null,
   "mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider":{
    "serviceAttributeEnrichment":null
    },
   "mesh.MeshConfig.ExtensionProvider.ZipkinTracingProvider":{
    "traceContextOption":null,
    "timeout":null,
    "headers":null
    },
   "networking.ZoneAwareLoadBalancerSetting":null,
   "networking.ZoneAwareLoadBalancerSetting.Failover":null,
   "mesh.MeshConfig.OutboundTrafficPolicy":{
    "tls":null
    },
   "mesh.ProxyConfig":{
    "fileFlushInterval":null,
    "fileFlushMinSizeKb":null,
    "statsCompression":null,
    "connectionSettings":null
    },
   "mesh.ProxyConfig.ConnectionSettings":null,
   "mesh.ProxyConfig.ProxyHeaders":{
    "xForwardedHost":null,
    "xForwardedPort":null
    },
   "mesh.ProxyConfig.ProxyHeaders.XForwardedPort":null,
   "mesh.ProxyConfig.ProxyHeaders.XForwardedHost":null,
   "PilotConfig":{
    "crlConfigMapName":null
    },
   "PilotTaintControllerConfig":{
    "enabled":["bool","Enable the untaint controller for new nodes. This aims to solve a race for CNI installation on \nnew nodes. For this to work, the newly added nodes need to have the istio CNI taint as they are\nadded to the cluster. This is usually done by configuring the cluster infra provider."],
    "name":null
    },
   "GlobalConfig":{
    "networkPolicy":null,
    "resourceScope":null,
    "agentgateway":null,
    "enableReaderRBAC":null,
    "readerServiceAccount":null
    },
   "ReaderServiceAccount":null,
   "Agentgateway":null,
   "NetworkPolicyConfig":null,
   "ProxyConfig":{
    "seccompProfile":null
    }
   },
  "enums":{
   "mesh.ServiceEntryVisibility.Visibility":null,
   "networking.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy":null,
   "mesh.MeshConfig.ExtensionProvider.ServiceAttributeEnrichment":null,
   "mesh.MeshConfig.ExtensionProvider.ZipkinTracingProvider.TraceContextOption":null,
   "mesh.MeshConfig.OutboundTrafficPolicy.Mode":{
    "ALLOW_ANY_DYNAMIC_DNS":null
    },
   "mesh.ProxyConfig.ConnectionSettings.Profile":null,
   "mesh.ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction":null,
   "mesh.ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction":null,
   "ResourceScope":null
   },
  "defaults":{
   "global":{
    "networkPolicy":null,
    "resourceScope":null,
    "proxy":{"seccompProfile":null}
    },
   "pilot":{
    "taint":{"name":null}
    }
   }
  },
 "1.28":{
  "types":{
   "mesh.MeshConfig":{
    "hboneIdleTimeout":null,
    "outboundTrafficPolicy":["mesh.MeshConfig.OutboundTrafficPolicy","Set the default behavior of the sidecar for handling outbound\ntraffic from the application.\n\nCan be overridden at a Sidecar level by setting the \u0060OutboundTrafficPolicy\u0060 in the\n[Sidecar API](https://istio.io/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy).\n\nDefault mode is \u0060ALLOW_ANY\u0060, which means outbound traffic to unknown destinations will be allowed."],
    "localityLbSetting":["networking.LocalityLoadBalancerSetting","Locality based load balancing distribution or failover settings.\nIf unspecified, locality based load balancing will be enabled by default.\nHowever, this requires outlierDetection to actually take effect for a particular\nservice, see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/failover/"],
    "zoneAwareLbSetting":null,
    "tlsDefaults":["mesh.MeshConfig.TLSConfig","Configuration of TLS for all traffic except for ISTIO_MUTUAL mode.\nCurrently, this supports configuration of ecdhCurves and cipherSuites only.\nFor ISTIO_MUTUAL TLS settings, use meshMTLS configuration."],
    "defaultTrafficPolicy":null,
    "serviceEntryVisibility":null
    },
   "mesh.ServiceEntryVisibility":null,
   "mesh.ServiceEntryVisibility.Policy":null,
   "mesh.ServiceEntryVisibility.MatchRule":null,
   "mesh.MeshConfig.DefaultTrafficPolicy":null,
   "networking.OutlierDetection":null,
   "networking.ConnectionPoolSettings":null,
   "networking.ConnectionPoolSettings.HTTPSettings":null,
   "networking.ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive":null,
   "networking.ConnectionPoolSettings.TCPSettings":null,
   "mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider":{
    "serviceAttributeEnrichment":null
    },
   "mesh.MeshConfig.ExtensionProvider.ZipkinTracingProvider":{
    "timeout":null,
    "headers":null
    },
   "networking.ZoneAwareLoadBalancerSetting":null,
   "networking.ZoneAwareLoadBalancerSetting.Failover":null,
   "mesh.MeshConfig.OutboundTrafficPolicy":{
    "tls":null
    },
   "mesh.ProxyConfig":{
    "fileFlushInterval":null,
    "fileFlushMinSizeKb":null,
    "statsCompression":null,
    "connectionSettings":null
    },
   "mesh.ProxyConfig.ConnectionSettings":null,
   "PilotConfig":{
    "crlConfigMapName":null
    },
   "PilotTaintControllerConfig":{
    "name":null
    },
   "GlobalConfig":{
    "agentgateway":null,
    "enableReaderRBAC":null,
    "readerServiceAccount":null
    },
   "ReaderServiceAccount":null,
   "Agentgateway":null,
   "ProxyConfig":{
    "seccompProfile":null
    }
   },
  "enums":{
   "mesh.ServiceEntryVisibility.Visibility":null,
   "networking.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy":null,
   "mesh.MeshConfig.ExtensionProvider.ServiceAttributeEnrichment":null,
   "mesh.MeshConfig.OutboundTrafficPolicy.Mode":{
    "ALLOW_ANY_DYNAMIC_DNS":null
    },
   "mesh.ProxyConfig.ConnectionSettings.Profile":null,
   "mesh.ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction":null,
   "mesh.ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction":null
   },
  "defaults":{
   "pilot":{
    "taint":{"name":null}
    }
   }
  },
 "1.29":{
  "types":{
   "mesh.MeshConfig":{
    "outboundTrafficPolicy":["mesh.MeshConfig.OutboundTrafficPolicy","Set the default behavior of the sidecar for handling outbound\ntraffic from the application.\n\nCan be overridden at a Sidecar level by setting the \u0060OutboundTrafficPolicy\u0060 in the\n[Sidecar API](https://istio.io/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy).\n\nDefault mode is \u0060ALLOW_ANY\u0060, which means outbound traffic to unknown destinations will be allowed."],
    "localityLbSetting":["networking.LocalityLoadBalancerSetting","Locality based load balancing distribution or failover settings.\nIf unspecified, locality based load balancing will be enabled by default.\nHowever, this requires outlierDetection to actually take effect for a particular\nservice, see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/failover/"],
    "zoneAwareLbSetting":null,
    "tlsDefaults":["mesh.MeshConfig.TLSConfig","Configuration of TLS for all traffic except for ISTIO_MUTUAL mode.\nCurrently, this supports configuration of ecdhCurves and cipherSuites only.\nFor ISTIO_MUTUAL TLS settings, use meshMTLS configuration."],
    "defaultTrafficPolicy":null,
    "serviceEntryVisibility":null
    },
   "mesh.ServiceEntryVisibility":null,
   "mesh.ServiceEntryVisibility.Policy":null,
   "mesh.ServiceEntryVisibility.MatchRule":null,
   "mesh.MeshConfig.DefaultTrafficPolicy":null,
   "networking.OutlierDetection":null,
   "networking.ConnectionPoolSettings":null,
   "networking.ConnectionPoolSettings.HTTPSettings":null,
   "networking.ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive":null,
   "networking.ConnectionPoolSettings.TCPSettings":null,
   "mesh.MeshConfig.ExtensionProvider.OpenTelemetryTracingProvider":{
    "serviceAttributeEnrichment":null
    },
   "networking.ZoneAwareLoadBalancerSetting":null,
   "networking.ZoneAwareLoadBalancerSetting.Failover":null,
   "mesh.MeshConfig.OutboundTrafficPolicy":{
    "tls":null
    },
   "mesh.ProxyConfig":{
    "connectionSettings":null
    },
   "mesh.ProxyConfig.ConnectionSettings":null,
   "PilotTaintControllerConfig":{
    "name":null
    },
   "GlobalConfig":{
    "enableReaderRBAC":null,
    "readerServiceAccount":null
    },
   "ReaderServiceAccount":null
   },
  "enums":{
   "mesh.ServiceEntryVisibility.Visibility":null,
   "networking.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy":null,
   "mesh.MeshConfig.ExtensionProvider.ServiceAttributeEnrichment":null,
   "mesh.MeshConfig.OutboundTrafficPolicy.Mode":{
    "ALLOW_ANY_DYNAMIC_DNS":null
    },
   "mesh.ProxyConfig.ConnectionSettings.Profile":null,
   "mesh.ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction":null,
   "mesh.ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction":null
   },
  "defaults":{
   "pilot":{
    "taint":{"name":null}
    }
   }
  },
 "1.30":{
  "types":{
   "mesh.MeshConfig":{
    "outboundTrafficPolicy":["mesh.MeshConfig.OutboundTrafficPolicy","Set the default behavior of the sidecar for handling outbound\ntraffic from the application.\n\nCan be overridden at a Sidecar level by setting the \u0060OutboundTrafficPolicy\u0060 in the\n[Sidecar API](https://istio.io/docs/reference/config/networking/sidecar/#OutboundTrafficPolicy).\n\nDefault mode is \u0060ALLOW_ANY\u0060, which means outbound traffic to unknown destinations will be allowed."],
    "localityLbSetting":["networking.LocalityLoadBalancerSetting","Locality based load balancing distribution or failover settings.\nIf unspecified, locality based load balancing will be enabled by default.\nHowever, this requires outlierDetection to actually take effect for a particular\nservice, see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/failover/"],
    "zoneAwareLbSetting":null,
    "defaultTrafficPolicy":null,
    "serviceEntryVisibility":null
    },
   "mesh.ServiceEntryVisibility":null,
   "mesh.ServiceEntryVisibility.Policy":null,
   "mesh.ServiceEntryVisibility.MatchRule":null,
   "mesh.MeshConfig.DefaultTrafficPolicy":null,
   "networking.OutlierDetection":null,
   "networking.ConnectionPoolSettings":null,
   "networking.ConnectionPoolSettings.HTTPSettings":null,
   "networking.ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive":null,
   "networking.ConnectionPoolSettings.TCPSettings":null,
   "networking.ZoneAwareLoadBalancerSetting":null,
   "networking.ZoneAwareLoadBalancerSetting.Failover":null,
   "mesh.ProxyConfig":{
    "connectionSettings":null
    },
   "mesh.ProxyConfig.ConnectionSettings":null,
   "GlobalConfig":{
    "readerServiceAccount":null
    },
   "ReaderServiceAccount":null
   },
  "enums":{
   "mesh.ServiceEntryVisibility.Visibility":null,
   "networking.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy":null,
   "mesh.MeshConfig.OutboundTrafficPolicy.Mode":{
    "ALLOW_ANY_DYNAMIC_DNS":"In \u0060ALLOW_ANY_DYNAMIC_DNS\u0060 mode, traffic to unknown destinations will be allowed via dynamic DNS resolution.\nThis mode allows users that do not have all possible egress destinations registered through \u0060ServiceEntry\u0060 configurations to still connect\nto arbitrary destinations. Client TLS settings can be configured for connections to such destinations."
    },
   "mesh.ProxyConfig.ConnectionSettings.Profile":null,
   "mesh.ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction":null,
   "mesh.ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction":null
   },
  "defaults":{
   "pilot":{
    "taint":{"name":null}
    }
   }
  }
 }
}`
