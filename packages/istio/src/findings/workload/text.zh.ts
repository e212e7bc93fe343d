import type { workloadFindings as en } from './text.en.ts'

export const workloadFindings: typeof en = {
  workload: {
    'other-revision': {
      title: '{{total}} 个 Pod 中有 {{pending}} 个属于 {{revision}}，新 Pod 属于 {{expected}}',
      detail: '重启后迁移。',
    },
    'older-proxy': {
      title: '{{total}} 个 Pod 中有 {{pending}} 个的边车版本为 {{version}}，新 Pod 为 {{expectedVersion}}',
      detail: '重启后更新。',
    },
    missing: {
      title: '{{total}} 个 Pod 中有 {{pending}} 个应有边车但没有',
      detail: '它们在设置标签之前创建：重启后注入。',
    },
    unwanted: {
      title: '{{total}} 个 Pod 中有 {{pending}} 个不应有边车但仍有',
      detail: '重启后移除。',
    },
    'port-protocols': {
      title: '端口 {{port}} 在不同服务中的协议不同：{{services}}',
      detail: '边车对该端口只有一个监听器，只能服务其中一种协议。',
    },
    'target-ports': {
      title: 'Pod 的端口 {{target}} 同时位于端口 {{ports}} 之后：{{services}}',
      detail: '边车对该端口只有一个监听器，Istio 会把它当作其中一个服务的端口。',
    },
    'metrics-port': {
      title: '{{name}} 所写的指标端口 {{port}} 不被接受',
      detail: '它不是端口，或者是代理及其 agent 自己使用的端口：注入器拒绝这些 Pod，因此一个也不会创建。',
      fixes: { 'drop-annotation': '移除 {{name}}：agent 会写上自己的端口' },
    },
    'user-of-proxy': {
      title: '应用以用户 {{user}} 运行，与代理相同',
      detail: '它发出的流量不经过代理：没有双向 TLS、规则和指标。',
      fixes: { 'other-user': '改用其他用户运行' },
    },
    'image-auto': {
      title: '镜像为 auto，但没有 Webhook 会注入 {{namespace}} 中带有这些标签的 Pod',
      detail: '没有谁会填入镜像，其 Pod 无法启动。',
      fixes: { 'by-label': '用标签要求注入' },
    },
    'app-label': {
      title: '{{name}} 没有说明它是什么的标签',
      detail: '指标与链路会以工作负载的名称称呼它：app 或 app.kubernetes.io/name 更清楚。',
      fixes: { label: '为其 Pod 添加标签 {{label}}：Pod 会重建' },
    },
    'version-label': {
      title: '{{name}} 没有说明版本的标签',
      detail: '指标与链路把它当作版本 latest，也没有子集能区分它。',
      fixes: { label: '为其 Pod 添加标签 {{label}}：Pod 会重建' },
    },
    'inject-value': {
      title: 'sidecar.istio.io/inject 的值 {{value}} 既非 true 也非 false',
      detail: 'Istio 会忽略它：以命名空间所说为准。',
      fixes: { 'plain-value': '改写为 {{right}}' },
    },
    'inject-contradiction': {
      title: '标签 sidecar.istio.io/inject 为 {{label}}，注解为 {{annotation}}',
      detail: 'Istio 采用标签，忽略注解。',
      fixes: { 'label-alone': '去掉注解' },
    },
    'annotation-unseen': {
      title: '只有注解要求边车',
      detail: 'API 服务器按标签把 Pod 交给注入器：没有谁看到注解，因此没有边车。',
      fixes: { 'by-label': '改用标签要求' },
    },
    'opted-out': {
      title: '{{namespace}} 要求边车，而该工作负载不要',
      detail: '它的流量在网格之外：没有双向 TLS、规则和指标。',
    },
    'host-network': {
      title: '{{namespace}} 要求边车，而该工作负载使用节点的网络',
      detail: 'Istio 从不注入这类 Pod：其代理会接管节点的全部流量。',
      fixes: { 'say-so': '写明不要边车' },
    },
    'revision-ignored': {
      title: '其 Pod 要求修订版本 {{asked}}，命名空间要求 {{revision}}',
      detail: '以命名空间为准：那里 Istio 会忽略 Pod 的 istio.io/rev。',
      fixes: { 'drop-revision': '去掉 istio.io/rev' },
    },
    'port-twice': {
      title: '端口 {{port}} 声明了两次',
      detail: 'Pod 的所有容器共用一个网络：第二个监听该端口的容器会失败。',
      fixes: { once: '只声明一次' },
    },
    'reserved-port': {
      title: '端口 {{port}} 属于代理',
      detail: '其 Pod 的代理自己监听该端口：两者之一无法启动。',
    },
    'port-excluded': {
      title: '端口 {{port}} 不经过代理，而 {{service}} 指向它',
      detail:
        '网格的客户端向带代理的 Pod 发送双向 TLS：应用会原样收到，除非 DestinationRule 写明 DISABLE，否则连接失败。',
      fixes: { 'not-excluded': '让它经过代理' },
    },
    'no-authorization': {
      title: '没有面向该工作负载的 AuthorizationPolicy',
      detail: '{{namespace}} 的其他工作负载有（{{count}} 条策略）。任何调用方都可以调用它。',
    },
    'service-not-found': {
      title: '没有为其 Pod 命名的服务 {{service}}',
      detail: 'StatefulSet 的 Pod 通过无头服务被找到：它们的名称无法解析，Istio 也不认识它们。',
      fixes: { 'headless-service': '创建无头服务 {{service}}' },
    },
    'service-not-headless': {
      title: '为其 Pod 命名的服务 {{service}} 不是无头服务',
      detail: '单个 Pod 的名称无法解析：该服务对所有 Pod 只有一个地址。',
    },
  },
  pod: {
    'proxy-missing': {
      title: '{{namespace}} 要求注入，但此 Pod 没有代理',
      detail: '它创建于添加标签之前，或当时没有注入：其流量不在网格内。重启后会注入。',
    },
    'image-auto': {
      title: '代理的镜像仍为 auto',
      detail: '注入未填入镜像，Pod 无法启动。',
    },
    'injected-twice': {
      title: '该 Pod 有两个代理',
      detail: '两个注入器，或一个注入器加手工注入。它们要用同样的端口：Pod 无法就绪。',
    },
  },
  workloadgroup: {
    'account-not-found': {
      title: '{{namespace}} 中没有服务账户 {{account}}',
      detail: '该组的机器需要它的令牌才能加入网格：没有它就没有令牌。',
      fixes: { 'near-name': '改写为 {{right}}' },
    },
    'labels-twice': {
      title: '{{others}} 也给机器标签 {{labels}}',
      detail: '服务与规则无法区分这些组。',
    },
  },
}
