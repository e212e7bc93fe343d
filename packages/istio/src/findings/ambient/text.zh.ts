import type { ambientFindings as en } from './text.en.ts'

export const ambientFindings: typeof en = {
  waypoint: {
    'not-found': {
      title: 'waypoint {{namespace}}/{{name}} 不存在',
      detail: '流量会绕过它直达工作负载：waypoint 上的路由、HTTP 策略和遥测都不生效。',
      fixes: { create: '创建 waypoint {{name}}' },
    },
    'not-ready': {
      title: 'waypoint {{namespace}}/{{name}} 还没有地址',
      detail: '在其 Pod 就绪之前，流量会绕过它直达工作负载。',
    },
    closed: {
      title: 'waypoint {{namespace}}/{{name}} 不接受该命名空间',
      detail: '其 HBONE 监听器的 allowedRoutes 决定哪些命名空间可以使用它：流量会绕过它直达工作负载。',
      fixes: { 'let-in': '允许 {{namespace}} 使用 {{name}}' },
    },
    'other-traffic': {
      title: 'waypoint {{namespace}}/{{name}} 不接受这类流量：{{traffic}}',
      detail: '其标签 istio.io/waypoint-for 决定它接受的流量：这些流量会绕过它直达工作负载。',
      fixes: { 'all-traffic': '让 {{name}} 接受所有流量' },
    },
    'canary-unread': {
      title: '该 Istio 版本不支持金丝雀 waypoint',
      detail:
        'istio.io/use-waypoint-canary 从 1.31 起才被读取：在此之前所有流量都经过所要求的 waypoint，没有流量经过 {{namespace}}/{{name}}。',
    },
    'canary-not-found': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 不存在',
      detail: '没有流量经过它：它的份额仍由 istio.io/use-waypoint 所要求的 waypoint 处理。',
      fixes: { create: '创建 waypoint {{name}}' },
    },
    'canary-not-ready': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 还没有地址',
      detail: '在其 Pod 就绪之前，它的份额仍由 istio.io/use-waypoint 所要求的 waypoint 处理。',
    },
    'canary-closed': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 不接受该命名空间',
      detail:
        '其 HBONE 监听器的 allowedRoutes 决定哪些命名空间可以使用它：它的份额仍由 istio.io/use-waypoint 所要求的 waypoint 处理。',
      fixes: { 'let-in': '允许 {{namespace}} 使用 {{name}}' },
    },
    'canary-other-traffic': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 不接受发往 Service 的流量',
      detail:
        '其标签 istio.io/waypoint-for 决定它接受的流量：它的份额仍由 istio.io/use-waypoint 所要求的 waypoint 处理。',
      fixes: { 'all-traffic': '让 {{name}} 接受所有流量' },
    },
    'canary-is-waypoint': {
      title: '金丝雀 waypoint 就是已在使用的 {{namespace}}/{{name}}',
      detail: '流量不会被分配，全部经过它。Istio 在状态中以 CanarySameAsPrimary 说明。',
      fixes: { without: '去掉 {{labels}}' },
    },
    'canary-alone': {
      title: '没有流量进入金丝雀 waypoint {{namespace}}/{{name}}：没有与之并用的 waypoint',
      detail:
        '它只分得 istio.io/use-waypoint 所要求的 waypoint 的一部分流量，而这里没有要求任何 waypoint：流量直达工作负载。',
      fixes: { without: '去掉 {{labels}}' },
    },
    'canary-weight': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 的比例不是 0 到 100 的整数：{{weight}}',
      detail: '所有流量都经过所要求的 waypoint。Istio 在状态中以 CanaryInvalidWeight 说明。',
      fixes: { percent: '写 {{weight}}' },
    },
    'canary-idle': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 没有分得流量',
      detail: '注解 istio.io/use-waypoint-canary-weight 表示每一百个新连接中有多少经过它；没有该注解则为零。',
    },
    'no-clients': {
      title: '没有流量经过 waypoint {{namespace}}/{{name}}：网格中没有处于 Ambient 模式的工作负载',
      detail: '只有 ztunnel 会把流量送到 waypoint；网关仅在 istio.io/ingress-use-waypoint 要求时才会。边车会绕过它。',
    },
  },
  ambient: {
    'pod-with-sidecar': {
      title: '该 Pod 要求 Ambient 模式，但带有边车',
      detail: 'Istio 仍由边车处理其流量：在不带边车重建之前，该标签不生效。',
    },
    'redirected-sidecar': {
      title: '该 Pod 带有边车，其流量又被重定向到 ztunnel',
      detail: '两个代理处理同一份流量，连接可能失败。请重建该 Pod。',
    },
    'sidecar-within': {
      title: '该 Pod 带有边车，而命名空间 {{namespace}} 处于 Ambient 模式',
      detail: '在不带边车重建之前，它继续使用边车。',
    },
    'route-without-waypoint': {
      title: '没有 waypoint 执行 {{namespace}}/{{name}} 的路由',
      detail: '该服务处于 Ambient 模式，而 ztunnel 不处理路由：其流量不受该路由影响。',
    },
    'policy-without-waypoint': {
      title: '规则使用了 HTTP 条件，但工作负载没有 waypoint',
      detail:
        'ztunnel 看不到 HTTP：使用 HTTP 条件的 ALLOW 规则永远不会匹配，DENY 规则则不考虑这些条件而拒绝。动作为 {{action}}。',
    },
    'policy-for-ztunnel': {
      title: '规则使用了 HTTP 条件，但没有指向 waypoint（{{waypoint}}）',
      detail:
        '没有 targetRefs 的策略由 ztunnel 执行，而它看不到 HTTP：使用 HTTP 条件的 ALLOW 规则永远不会匹配，DENY 规则则不考虑这些条件而拒绝。动作为 {{action}}。',
      fixes: { refer: '指向 waypoint {{name}}' },
    },
    'tokens-without-waypoint': {
      title: '这里没有人检查令牌：工作负载没有 waypoint',
      detail: '它们处于 Ambient 模式，而 ztunnel 看不到 HTTP。',
    },
    'tokens-for-ztunnel': {
      title: '没有人检查这些令牌：策略没有指向 waypoint（{{waypoint}}）',
      detail: 'waypoint 只采用指向它或其所服务对象的策略，而 ztunnel 看不到 HTTP。',
      fixes: { refer: '指向 waypoint {{name}}' },
    },
    'plugin-without-waypoint': {
      title: '没有人运行该插件：工作负载没有 waypoint',
      detail: '它们处于 Ambient 模式，而 ztunnel 不运行插件。',
    },
    'plugin-for-ztunnel': {
      title: '没有人运行该插件：它没有指向 waypoint（{{waypoint}}）',
      detail: 'waypoint 只采用指向它或其所服务对象的插件，而 ztunnel 不运行插件。',
      fixes: { refer: '指向 waypoint {{name}}' },
    },
    'telemetry-without-waypoint': {
      title: '没有代理执行该 Telemetry：工作负载没有 waypoint',
      detail: '它们处于 Ambient 模式：ztunnel 只有自己的连接指标和日志，不读取 Telemetry。',
    },
    'telemetry-for-ztunnel': {
      title: '没有代理执行该 Telemetry：选择器选不到 waypoint（{{waypoint}}）',
      detail: 'waypoint 只采用指向它或其所服务对象的配置，以及针对整个命名空间的配置；ztunnel 不读取 Telemetry。',
    },
  },
}
