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
    'user-of-proxy': {
      title: '应用以用户 {{user}} 运行，与代理相同',
      detail: '它发出的流量不经过代理：没有双向 TLS、规则和指标。',
      fixes: { 'other-user': '改用其他用户运行' },
    },
    'image-auto': {
      title: '镜像为 auto，但没有 Webhook 会注入 {{namespace}} 中带有这些标签的 Pod',
      detail: '没有谁会填入镜像，其 Pod 无法启动。',
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
  },
}
