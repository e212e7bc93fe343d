import type { upgradeReasonsEn } from './upgrade-reasons.en.ts'

export const upgradeReasonsZh: Omit<typeof upgradeReasonsEn, 'meshes.default_moves_one'> = {
  'meshes.default_stays':
    '在集群 {{cluster}} 中，istio-injection=enabled 仍指 {{revision}}：其命名空间保留原有边车，此后修改的设置只作用于 {{to}}，直至 IstioRevisionTag default 指向 {{to}} 并重启这些工作负载。',
  'meshes.default_moves_other':
    '在工作集群 {{clusters}} 中，{{to}} 就绪后 istio-injection=enabled 即指 {{to}}：之后启动的 Pod 将注入其边车。',
}
