import type { workloadFindings as en } from './text.en.ts'

export const workloadFindings: typeof en = {
  workload: {
    'other-revision': {
      title: '{{total}} 个 Pod 中有 {{pending}} 个属于 {{revision}}，新 Pod 属于 {{expected}}',
      detail: '重启后即可迁移。',
    },
    'older-proxy': {
      title: '{{total}} 个 Pod 中有 {{pending}} 个的代理版本为 {{version}}，新 Pod 为 {{expectedVersion}}',
      detail: '重启后即可更新。',
    },
    missing: {
      title: '{{total}} 个 Pod 中有 {{pending}} 个应有边车却没有',
      detail: '它们创建于设置标签之前：重启后会注入。',
    },
    unwanted: {
      title: '{{total}} 个 Pod 中有 {{pending}} 个不应有边车却仍有',
      detail: '重启后会移除。',
    },
    'port-protocols': {
      title: '端口 {{port}} 在一个服务中是 TCP，在另一个服务中是其他协议：{{services}}',
      detail: '边车对该端口只有一个监听器，只能服务其中一种协议。',
    },
    'target-ports': {
      title: 'Pod 的端口 {{target}} 同时对应端口 {{ports}}：{{services}}',
      detail: '边车对该端口只有一个监听器，Istio 会把它当作其中一个服务的端口。',
    },
    'metrics-port': {
      title: '{{name}} 指定的指标端口 {{port}} 不被接受',
      detail: '它不是有效端口，或者已被代理及其 agent 占用：注入器会拒绝这些 Pod，因此无法创建。',
      fixes: { 'drop-annotation': '移除 {{name}}：agent 会写入自己的端口' },
    },
    'user-of-proxy': {
      title: '应用以用户 {{user}} 运行，与代理相同',
      detail: '它发出的流量会绕过代理：没有双向 TLS、规则和指标。',
      fixes: { 'other-user': '改用其他用户运行' },
    },
    'image-auto': {
      title: 'image 为 auto，但没有 Webhook 会注入 {{namespace}} 中带有这些标签的 Pod',
      detail: '没有组件会填入镜像：其 Pod 无法启动。',
      fixes: { 'by-label': '通过标签要求注入' },
    },
    'app-label': {
      title: '{{name}} 没有标明应用名称的标签',
      detail: '指标和链路追踪会以工作负载的名称来称呼它：标签 app 或 app.kubernetes.io/name 更能说明它是什么。',
      fixes: { label: '为其 Pod 添加标签 {{label}}：Pod 会重建' },
    },
    'version-label': {
      title: '{{name}} 没有标明版本的标签',
      detail: '指标和链路追踪会把它的版本记为 latest，也没有服务版本（subset）能将它与其他版本区分开。',
      fixes: { label: '为其 Pod 添加标签 {{label}}：Pod 会重建' },
    },
    'inject-value': {
      title: 'sidecar.istio.io/inject 的值 {{value}} 既不是 true 也不是 false',
      detail: 'Istio 会忽略它：以命名空间的设置为准。',
      fixes: { 'plain-value': '改为 {{right}}' },
    },
    'inject-contradiction': {
      title: '标签 sidecar.istio.io/inject 为 {{label}}，注解为 {{annotation}}',
      detail: 'Istio 采用标签，忽略注解。',
      fixes: { 'label-alone': '移除注解' },
    },
    'annotation-unseen': {
      title: '只有注解要求注入边车',
      detail: 'API 服务器按标签把 Pod 交给注入器：注解不会被看到，因此没有边车。',
      fixes: { 'by-label': '改用标签要求注入' },
    },
    'opted-out': {
      title: '{{namespace}} 要求注入边车，而该工作负载不要边车',
      detail: '它的流量在网格之外：没有双向 TLS、规则和指标。',
    },
    'host-network': {
      title: '{{namespace}} 要求注入边车，而该工作负载使用节点网络',
      detail: 'Istio 从不注入这类 Pod：否则其代理会接管节点的全部流量。',
      fixes: { 'say-so': '写明不要边车' },
    },
    'revision-ignored': {
      title: '其 Pod 要求修订版本 {{asked}}，命名空间要求 {{revision}}',
      detail: '以命名空间为准：Istio 会忽略那里的 Pod 的 istio.io/rev。',
      fixes: { 'drop-revision': '移除 istio.io/rev' },
    },
    'port-twice': {
      title: '端口 {{port}} 声明了两次',
      detail: 'Pod 的所有容器共用一个网络：第二个监听该端口的容器会失败。',
      fixes: { once: '只声明一次' },
    },
    'reserved-port': {
      title: '端口 {{port}} 属于代理',
      detail: '其 Pod 的代理自身要监听该端口：两者之一无法启动。',
    },
    'port-excluded': {
      title: '端口 {{port}} 不经过代理，而 {{service}} 指向它',
      detail:
        '网格中的客户端对带代理的 Pod 使用双向 TLS：应用会原样收到加密流量，连接会失败，除非 DestinationRule 设为 DISABLE。',
      fixes: { 'not-excluded': '让该端口经过代理' },
    },
    'no-authorization': {
      title: '没有面向该工作负载的 AuthorizationPolicy',
      detail: '{{namespace}} 的其他工作负载有此类策略（{{count}} 条），而任何调用方都可以调用该工作负载。',
    },
    'service-not-found': {
      title: '其 Pod 的域名所依赖的服务 {{service}} 不存在',
      detail: 'StatefulSet 的 Pod 通过无头服务被发现：没有它，Pod 的域名无法解析，Istio 也看不到这些 Pod。',
      fixes: { 'headless-service': '创建无头服务 {{service}}' },
    },
    'service-not-headless': {
      title: '其 Pod 的域名所依赖的服务 {{service}} 不是无头服务',
      detail: '单个 Pod 的域名无法解析：所有 Pod 共用该服务的一个地址。',
    },
  },
  pod: {
    'proxy-missing': {
      title: '{{namespace}} 要求注入，但此 Pod 没有代理',
      detail:
        '它创建于设置标签之前，或创建时没有注入器响应：其流量不在网格内。重启后会注入。仅存在于文件中的 Pod 在创建时才会得到代理。',
    },
    'image-auto': {
      title: '代理的镜像仍为 auto',
      detail: '注入未填入镜像，Pod 无法启动。',
    },
    'injected-twice': {
      title: '该 Pod 有两个代理',
      detail: '它经过两个注入器注入，或既由注入器又由手工注入。两个代理要用相同的端口：Pod 无法就绪。',
    },
  },
  workloadgroup: {
    'account-not-found': {
      title: '{{namespace}} 中没有服务账号 {{account}}',
      detail: '该组的机器需要其令牌才能加入网格：没有该账号就没有令牌。',
      fixes: { 'near-name': '改为 {{right}}' },
    },
    'labels-twice': {
      title: '{{others}} 也为其机器设置了标签 {{labels}}',
      detail: '服务和规则无法区分这些组。',
    },
  },
}
