import type { envoyfilterFindings as en } from './text.en.ts'

export const envoyfilterFindings: typeof en = {
  envoyfilter: {
    'operation-ignored': {
      title: '{{operation}} 对 {{applyTo}} 不起作用',
      detail: 'Istio 会忽略该补丁，且不作任何提示。',
      fixes: { merge: '改用 MERGE' },
    },
    'bootstrap-ignored': {
      title: '对 bootstrap 的补丁不会被应用',
      detail: 'Istio 会忽略该补丁：Envoy 的启动配置通过 sidecar.istio.io/bootstrapOverride 修改。',
    },
    'filter-unsaid': {
      title: '对 {{applyTo}} 执行 {{operation}}，但没有说明是哪一个：{{field}}',
      detail: 'Istio 会忽略该补丁：有多个时，必须用名称指明其中一个。',
    },
    'waypoint-context': {
      title: '上下文 WAYPOINT 中不会应用任何补丁',
      detail: 'Istio 从不应用该补丁。waypoint 使用边车的上下文，由 targetRefs 指定是哪些 waypoint。',
    },
    'name-of-other-context': {
      title: '上下文 {{context}} 中没有名为 {{name}} 的对象',
      detail: '该补丁永远不会匹配：这类名称属于 {{contexts}}。',
      fixes: { context: '改为 {{right}}' },
    },
    'old-cluster-name': {
      title: '已没有名为 {{name}} 的 Envoy 集群',
      detail: '该补丁永远不会匹配：自 1.8 起，入站流量的 Envoy 集群名称中不再有端口名和主机。',
      fixes: { 'new-name': '改为 {{right}}' },
    },
    'gateway-match-unread': {
      title: '补丁的作用范围超出 {{said}}：上下文 {{context}} 中不检查该条件',
      detail: '边车只比较路由配置的名称和端口：它的所有路由配置都会被修改。',
      fixes: { context: '改为 {{right}}' },
    },
    'version-unsupported': {
      title: '受支持的代理没有形如 {{expression}} 的版本',
      detail: '该补丁只针对 {{oldest}} 之前的版本，或不针对任何版本：不会修改任何内容。',
    },
    'host-not-found': {
      title: '补丁针对 {{host}}，但没有这样的主机',
      detail: '没有 Service 或 ServiceEntry 使用该名称：不会修改任何内容。Envoy 中的名称使用完整主机名。',
    },
    'filter-renamed': {
      title: '已没有名为 {{name}} 的过滤器',
      detail: 'Istio 按原文比较名称：该补丁永远不会匹配。现在的名称是 {{right}}。',
      fixes: { 'new-name': '改为 {{right}}' },
    },
  },
}
