import type { ambientFindings as en } from './text.en.ts'

export const ambientFindings: typeof en = {
  waypoint: {
    'not-found': {
      title: 'waypoint {{namespace}}/{{name}} 不存在',
      detail: '流量会绕过它，直达工作负载：waypoint 上的路由、HTTP 策略和遥测都不生效。',
      fixes: { create: '创建 waypoint {{name}}' },
    },
    'not-ready': {
      title: 'waypoint {{namespace}}/{{name}} 还没有地址',
      detail: '在其 Pod 就绪之前，流量会绕过它，直达工作负载。',
    },
    closed: {
      title: 'waypoint {{namespace}}/{{name}} 不接受该命名空间',
      detail:
        '哪些命名空间可以使用它，由其 HBONE 监听器的 allowedRoutes 决定；该命名空间的流量会绕过它，直达工作负载。',
      fixes: { 'let-in': '允许 {{namespace}} 使用 {{name}}' },
    },
    'other-traffic': {
      title: 'waypoint {{namespace}}/{{name}} 不处理这类流量：{{traffic}}',
      detail: '它处理哪类流量，由其标签 istio.io/waypoint-for 决定；这些流量会绕过它，直达工作负载。',
      fixes: { 'all-traffic': '让 {{name}} 处理所有流量' },
    },
    'canary-unread': {
      title: '该 Istio 版本不支持金丝雀 waypoint',
      detail:
        'istio.io/use-waypoint-canary 从 1.31 起才生效：在此之前，所有流量都经过指定的 waypoint，没有流量经过 {{namespace}}/{{name}}。',
    },
    'canary-not-found': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 不存在',
      detail: '没有流量经过它：它的份额仍由 istio.io/use-waypoint 指定的 waypoint 处理。',
      fixes: { create: '创建 waypoint {{name}}' },
    },
    'canary-not-ready': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 还没有地址',
      detail: '在其 Pod 就绪之前，它的份额仍由 istio.io/use-waypoint 指定的 waypoint 处理。',
    },
    'canary-closed': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 不接受该命名空间',
      detail:
        '哪些命名空间可以使用它，由其 HBONE 监听器的 allowedRoutes 决定；它的份额仍由 istio.io/use-waypoint 指定的 waypoint 处理。',
      fixes: { 'let-in': '允许 {{namespace}} 使用 {{name}}' },
    },
    'canary-other-traffic': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 不处理发往 Service 的流量',
      detail:
        '它处理哪类流量，由其标签 istio.io/waypoint-for 决定；它的份额仍由 istio.io/use-waypoint 指定的 waypoint 处理。',
      fixes: { 'all-traffic': '让 {{name}} 处理所有流量' },
    },
    'canary-is-waypoint': {
      title: '金丝雀 waypoint 就是已在使用的 {{namespace}}/{{name}}',
      detail: '流量不会被拆分，全部经过它。Istio 会在状态中报告 CanarySameAsPrimary。',
      fixes: { without: '移除 {{labels}}' },
    },
    'canary-alone': {
      title: '没有流量经过金丝雀 waypoint {{namespace}}/{{name}}：没有与它分担流量的 waypoint',
      detail:
        '它只分得 istio.io/use-waypoint 指定的 waypoint 的一部分流量，而这里没有指定 waypoint：流量直达工作负载。',
      fixes: { without: '移除 {{labels}}' },
    },
    'canary-weight': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 的份额不是 0 到 100 的整数：{{weight}}',
      detail: '所有流量都经过指定的 waypoint。Istio 会在状态中报告 CanaryInvalidWeight。',
      fixes: { percent: '改为 {{weight}}' },
    },
    'canary-idle': {
      title: '金丝雀 waypoint {{namespace}}/{{name}} 没有分得流量',
      detail: '注解 istio.io/use-waypoint-canary-weight 表示每 100 个新连接中有多少个经过它；没有该注解时为 0。',
    },
    'no-clients': {
      title: '没有流量经过 waypoint {{namespace}}/{{name}}：网格中没有处于 Ambient 模式的工作负载',
      detail: '只有 ztunnel 会把流量送到 waypoint，网关仅在 istio.io/ingress-use-waypoint 要求时才会；边车则绕过它。',
    },
  },
  ambient: {
    'pod-with-sidecar': {
      title: '该 Pod 要求 Ambient 模式，但带有边车',
      detail: 'Istio 让边车继续处理其流量：在重建为不带边车的 Pod 之前，该标签不生效。',
    },
    'redirected-sidecar': {
      title: '该 Pod 带有边车，其流量又被重定向到 ztunnel',
      detail: '两个代理处理同一份流量，连接可能失败。请重建该 Pod。',
    },
    'sidecar-within': {
      title: '该 Pod 带有边车，而命名空间 {{namespace}} 处于 Ambient 模式',
      detail: '在重建为不带边车的 Pod 之前，它继续使用边车。',
    },
    'route-without-waypoint': {
      title: '没有 waypoint 执行针对 {{namespace}}/{{name}} 的路由',
      detail: '该 Service 处于 Ambient 模式，而 ztunnel 不处理路由：它的流量不受该路由影响。',
    },
    'policy-without-waypoint': {
      title: '规则含有 HTTP 条件，但其工作负载没有 waypoint',
      detail:
        'ztunnel 看不到 HTTP：含 HTTP 条件的 ALLOW 规则永远不会匹配，DENY 规则则忽略这些条件，照样拒绝。该策略的动作为 {{action}}。',
    },
    'policy-for-ztunnel': {
      title: '规则含有 HTTP 条件，但没有引用 waypoint（{{waypoint}}）',
      detail:
        '没有 targetRefs 的策略由 ztunnel 执行，而它看不到 HTTP：含 HTTP 条件的 ALLOW 规则永远不会匹配，DENY 规则则忽略这些条件，照样拒绝。该策略的动作为 {{action}}。',
      fixes: { refer: '引用 waypoint {{name}}' },
    },
    'target-without-waypoint': {
      title: '没有 waypoint 执行它：它引用的 {{kind}} {{name}} 未使用 waypoint',
      detail: '引用 Service 的对象只由该 Service 的 waypoint 读取，sidecar 和 ztunnel 都不采用它。',
      fixes: { enrol: '让 {{service}} 使用 waypoint {{name}}' },
    },
    'tokens-without-waypoint': {
      title: '没有组件校验令牌：工作负载没有 waypoint',
      detail: '这些工作负载处于 Ambient 模式，而 ztunnel 看不到 HTTP。',
    },
    'tokens-for-ztunnel': {
      title: '没有组件校验这些令牌：策略没有引用 waypoint（{{waypoint}}）',
      detail: 'waypoint 只采用引用它或引用其所服务对象的策略，而 ztunnel 看不到 HTTP。',
      fixes: { refer: '引用 waypoint {{name}}' },
    },
    'plugin-without-waypoint': {
      title: '没有代理运行该插件：工作负载没有 waypoint',
      detail: '这些工作负载处于 Ambient 模式，而 ztunnel 不运行插件。',
    },
    'plugin-for-ztunnel': {
      title: '没有代理运行该插件：它没有引用 waypoint（{{waypoint}}）',
      detail: 'waypoint 只采用引用它或引用其所服务对象的插件，而 ztunnel 不运行插件。',
      fixes: { refer: '引用 waypoint {{name}}' },
    },
    'telemetry-without-waypoint': {
      title: '没有代理执行该 Telemetry：工作负载没有 waypoint',
      detail: '这些工作负载处于 Ambient 模式：ztunnel 自行产生连接的指标和日志，不读取 Telemetry。',
    },
    'telemetry-for-ztunnel': {
      title: '没有代理执行该 Telemetry：选择器选不中 waypoint（{{waypoint}}）',
      detail: 'waypoint 只采用引用它或引用其所服务对象的配置，以及面向整个命名空间的配置；ztunnel 不读取 Telemetry。',
    },
  },
}
