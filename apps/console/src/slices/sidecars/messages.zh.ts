import type { en } from './messages.en.ts'

type Code = Exclude<keyof typeof en, `${string}_one`>

export const zh: Record<Code, string> = {
  'sidecars.namespaces.enable': '为 {count} 个命名空间启用注入',
  'sidecars.namespaces.disable': '为 {count} 个命名空间禁用注入',
  'sidecars.namespaces.clear': '清除 {count} 个命名空间的注入策略',
  'sidecars.workloads.enable': '为 {count} 个工作负载启用注入',
  'sidecars.workloads.disable': '为 {count} 个工作负载禁用注入',
  'sidecars.workloads.clear': '清除 {count} 个工作负载的注入策略',
  'sidecars.restart': '重启 {count} 个工作负载',
  'sidecars.not_in_mesh': '集群 {cluster} 不属于该网格。',
  'sidecars.not_a_workload': '{kind} {name} 不是该网格中的 Deployment、StatefulSet 或 DaemonSet。',
  'sidecars.pending_restart': '{count} 个工作负载在重启前保持现有 Pod 不变。',
  'sidecars.hidden_workloads': '另有 {count} 个您无权查看的工作负载受影响，它们不会被重启。',
  'sidecars.by_hand': '{name} 不会在这里重启。{why}。',
}
