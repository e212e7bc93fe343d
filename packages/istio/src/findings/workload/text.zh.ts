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
  },
}
