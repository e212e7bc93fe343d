// Made by `pnpm --filter @orbweaver/schemas generate` from the protobufs of istio.io/api, as of Istio 1.31.

/** By message: fields with their types; `|` between the members of an enumeration, `[]` and `{}` after lists and maps. */
export const proxyConfigFields: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'mesh.ProxyConfig',
    new Map([
      ['configPath', 'string'],
      ['binaryPath', 'string'],
      ['serviceCluster', 'string'],
      ['tracingServiceName', 'APP_LABEL_AND_NAMESPACE|CANONICAL_NAME_ONLY|CANONICAL_NAME_AND_NAMESPACE'],
      ['drainDuration', 'duration'],
      ['discoveryAddress', 'string'],
      ['discoveryRefreshDelay', 'duration'],
      ['zipkinAddress', 'string'],
      ['statsdUdpAddress', 'string'],
      ['envoyMetricsServiceAddress', 'string'],
      ['proxyAdminPort', 'int'],
      ['availabilityZone', 'string'],
      ['controlPlaneAuthPolicy', 'NONE|MUTUAL_TLS|INHERIT'],
      ['customConfigFile', 'string'],
      ['statNameLength', 'int'],
      ['concurrency', 'int'],
      ['proxyBootstrapTemplatePath', 'string'],
      ['interceptionMode', 'REDIRECT|TPROXY|NONE'],
      ['tracing', 'mesh.Tracing'],
      ['sds', 'mesh.SDS'],
      ['envoyAccessLogService', 'mesh.RemoteService'],
      ['envoyMetricsService', 'mesh.RemoteService'],
      ['proxyMetadata', 'string{}'],
      ['runtimeValues', 'string{}'],
      ['statusPort', 'int'],
      ['extraStatTags', 'string[]'],
      ['gatewayTopology', 'mesh.Topology'],
      ['terminationDrainDuration', 'duration'],
      ['meshId', 'string'],
      ['readinessProbe', 'object'],
      ['proxyStatsMatcher', 'mesh.ProxyConfig.ProxyStatsMatcher'],
      ['holdApplicationUntilProxyStarts', 'bool'],
      ['caCertificatesPem', 'string[]'],
      ['image', 'networking.ProxyImage'],
      ['privateKeyProvider', 'mesh.PrivateKeyProvider'],
      ['proxyHeaders', 'mesh.ProxyConfig.ProxyHeaders'],
      ['fileFlushInterval', 'duration'],
      ['fileFlushMinSizeKb', 'int'],
      ['statsCompression', 'bool'],
      ['connectionSettings', 'mesh.ProxyConfig.ConnectionSettings'],
    ]),
  ],
  [
    'mesh.Tracing',
    new Map([
      ['zipkin', 'mesh.Tracing.Zipkin'],
      ['lightstep', 'mesh.Tracing.Lightstep'],
      ['datadog', 'mesh.Tracing.Datadog'],
      ['stackdriver', 'mesh.Tracing.Stackdriver'],
      ['openCensusAgent', 'mesh.Tracing.OpenCensusAgent'],
      ['customTags', 'mesh.Tracing.CustomTag{}'],
      ['maxPathTagLength', 'int'],
      ['sampling', 'number'],
      ['tlsSettings', 'networking.ClientTLSSettings'],
      ['enableIstioTags', 'bool'],
    ]),
  ],
  [
    'mesh.SDS',
    new Map([
      ['enabled', 'bool'],
      ['k8sSaJwtPath', 'string'],
    ]),
  ],
  [
    'mesh.RemoteService',
    new Map([
      ['address', 'string'],
      ['tlsSettings', 'networking.ClientTLSSettings'],
      ['tcpKeepalive', 'networking.ConnectionPoolSettings.TCPSettings.TcpKeepalive'],
    ]),
  ],
  [
    'mesh.Topology',
    new Map([
      ['numTrustedProxies', 'int'],
      ['forwardClientCertDetails', 'UNDEFINED|SANITIZE|FORWARD_ONLY|APPEND_FORWARD|SANITIZE_SET|ALWAYS_FORWARD_ONLY'],
      ['proxyProtocol', 'mesh.Topology.ProxyProtocolConfiguration'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyStatsMatcher',
    new Map([
      ['inclusionPrefixes', 'string[]'],
      ['inclusionSuffixes', 'string[]'],
      ['inclusionRegexps', 'string[]'],
    ]),
  ],
  [
    'networking.ProxyImage',
    new Map([
      ['imageType', 'string'],
    ]),
  ],
  [
    'mesh.PrivateKeyProvider',
    new Map([
      ['cryptomb', 'mesh.PrivateKeyProvider.CryptoMb'],
      ['qat', 'mesh.PrivateKeyProvider.QAT'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders',
    new Map([
      ['forwardedClientCert', 'UNDEFINED|SANITIZE|FORWARD_ONLY|APPEND_FORWARD|SANITIZE_SET|ALWAYS_FORWARD_ONLY'],
      ['setCurrentClientCertDetails', 'mesh.ProxyConfig.ProxyHeaders.SetCurrentClientCertDetails'],
      ['requestId', 'mesh.ProxyConfig.ProxyHeaders.RequestId'],
      ['server', 'mesh.ProxyConfig.ProxyHeaders.Server'],
      ['attemptCount', 'mesh.ProxyConfig.ProxyHeaders.AttemptCount'],
      ['envoyDebugHeaders', 'mesh.ProxyConfig.ProxyHeaders.EnvoyDebugHeaders'],
      ['metadataExchangeHeaders', 'mesh.ProxyConfig.ProxyHeaders.MetadataExchangeHeaders'],
      ['preserveHttp1HeaderCase', 'bool'],
      ['xForwardedHost', 'mesh.ProxyConfig.ProxyHeaders.XForwardedHost'],
      ['xForwardedPort', 'mesh.ProxyConfig.ProxyHeaders.XForwardedPort'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ConnectionSettings',
    new Map([
      ['profile', 'SIDECAR|EDGE'],
      ['listenerPerConnectionBufferLimitBytes', 'int'],
      ['clusterPerConnectionBufferLimitBytes', 'int'],
      ['httpIdleTimeout', 'duration'],
      ['httpMaxConnectionDuration', 'duration'],
      ['httpDrainTimeout', 'duration'],
      ['httpRequestTimeout', 'duration'],
      ['httpRequestHeadersTimeout', 'duration'],
      ['httpStreamIdleTimeout', 'duration'],
      ['httpMaxStreamDuration', 'duration'],
      ['httpMaxConcurrentStreams', 'int'],
      ['http2InitialStreamWindowSize', 'int'],
      ['http2InitialConnectionWindowSize', 'int'],
      ['httpHeadersWithUnderscoresAction', 'HEADERS_WITH_UNDERSCORES_UNSPECIFIED|HEADERS_WITH_UNDERSCORES_ALLOW|HEADERS_WITH_UNDERSCORES_REJECT_REQUEST|HEADERS_WITH_UNDERSCORES_DROP_HEADER'],
      ['httpMergeSlashes', 'bool'],
      ['httpPathWithEscapedSlashesAction', 'PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED|KEEP_UNCHANGED|REJECT_REQUEST|UNESCAPE_AND_REDIRECT|UNESCAPE_AND_FORWARD'],
      ['listenerConnectionLimit', 'int'],
      ['globalDownstreamConnectionLimit', 'int'],
    ]),
  ],
  [
    'mesh.Tracing.Zipkin',
    new Map([
      ['address', 'string'],
    ]),
  ],
  [
    'mesh.Tracing.Lightstep',
    new Map([
      ['address', 'string'],
      ['accessToken', 'string'],
    ]),
  ],
  [
    'mesh.Tracing.Datadog',
    new Map([
      ['address', 'string'],
    ]),
  ],
  [
    'mesh.Tracing.Stackdriver',
    new Map([
      ['debug', 'bool'],
      ['maxNumberOfAttributes', 'int'],
      ['maxNumberOfAnnotations', 'int'],
      ['maxNumberOfMessageEvents', 'int'],
    ]),
  ],
  [
    'mesh.Tracing.OpenCensusAgent',
    new Map([
      ['address', 'string'],
      ['context', 'mesh.Tracing.OpenCensusAgent.TraceContext[]'],
    ]),
  ],
  [
    'mesh.Tracing.CustomTag',
    new Map([
      ['literal', 'mesh.Tracing.Literal'],
      ['environment', 'mesh.Tracing.Environment'],
      ['header', 'mesh.Tracing.RequestHeader'],
    ]),
  ],
  [
    'networking.ClientTLSSettings',
    new Map([
      ['mode', 'DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL'],
      ['clientCertificate', 'string'],
      ['privateKey', 'string'],
      ['caCertificates', 'string'],
      ['credentialName', 'string'],
      ['subjectAltNames', 'string[]'],
      ['sni', 'string'],
      ['insecureSkipVerify', 'bool'],
      ['caCrl', 'string'],
    ]),
  ],
  [
    'networking.ConnectionPoolSettings.TCPSettings.TcpKeepalive',
    new Map([
      ['probes', 'int'],
      ['time', 'duration'],
      ['interval', 'duration'],
    ]),
  ],
  [
    'mesh.Topology.ProxyProtocolConfiguration',
    new Map([
    ]),
  ],
  [
    'mesh.PrivateKeyProvider.CryptoMb',
    new Map([
      ['pollDelay', 'duration'],
      ['fallback', 'bool'],
    ]),
  ],
  [
    'mesh.PrivateKeyProvider.QAT',
    new Map([
      ['pollDelay', 'duration'],
      ['fallback', 'bool'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders.SetCurrentClientCertDetails',
    new Map([
      ['subject', 'bool'],
      ['cert', 'bool'],
      ['chain', 'bool'],
      ['dns', 'bool'],
      ['uri', 'bool'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders.RequestId',
    new Map([
      ['disabled', 'bool'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders.Server',
    new Map([
      ['disabled', 'bool'],
      ['value', 'string'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders.AttemptCount',
    new Map([
      ['disabled', 'bool'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders.EnvoyDebugHeaders',
    new Map([
      ['disabled', 'bool'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders.MetadataExchangeHeaders',
    new Map([
      ['mode', 'UNDEFINED|IN_MESH'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders.XForwardedHost',
    new Map([
      ['enabled', 'bool'],
    ]),
  ],
  [
    'mesh.ProxyConfig.ProxyHeaders.XForwardedPort',
    new Map([
      ['enabled', 'bool'],
    ]),
  ],
  [
    'mesh.Tracing.Literal',
    new Map([
      ['value', 'string'],
    ]),
  ],
  [
    'mesh.Tracing.Environment',
    new Map([
      ['name', 'string'],
      ['defaultValue', 'string'],
    ]),
  ],
  [
    'mesh.Tracing.RequestHeader',
    new Map([
      ['name', 'string'],
      ['defaultValue', 'string'],
    ]),
  ],
])
