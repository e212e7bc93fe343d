import type { upgradeReasonsEn } from './upgrade-reasons.en.ts'

export const upgradeReasonsZh: Omit<
  typeof upgradeReasonsEn,
  'meshes.default_moves_one' | 'meshes.default_followers_one' | 'meshes.cron_jobs_follow_one' | 'meshes.jobs_follow_one'
> = {
  'meshes.default_stays':
    '在集群 {{cluster}} 中，istio-injection=enabled 仍指 {{revision}}：其命名空间保留原有边车，此后修改的设置只作用于 {{to}}，直至将默认修订版本移至 {{to}}（见“修订版本”）并重启这些工作负载。',
  'meshes.default_external': '网格 {{name}} 的默认修订版本由安装其控制面的一方决定。',
  'meshes.default_missing': '集群 {{cluster}} 中没有 IstioRevisionTag default。请修复网格 {{name}}，会重新创建。',
  'meshes.default_foreign':
    '集群 {{cluster}} 中的 IstioRevisionTag default 不属于网格 {{name}}：它指向 {{target}}，由创建者决定。',
  'meshes.default_not_ready': '修订版本 {{revision}} 在集群 {{cluster}} 中尚未就绪，请等待其就绪。',
  'meshes.default_followers_other':
    '在集群 {{cluster}} 中，此后 istio-injection=enabled 指 {{revision}}：{{count}} 个工作负载（{{pods}} 个 Pod）在重启前仍使用 {{from}} 的边车。此变更不会重启任何工作负载。',
  'meshes.cron_jobs_follow_other':
    '{{count}} 个 CronJob 无需重启：下次运行时会新建 Pod；当前运行的 {{pods}} 个 Pod 保留原有边车直至结束。',
  'meshes.jobs_follow_other':
    '{{count}} 个 Job 不会被重启：其 {{pods}} 个 Pod 保留原有边车直至结束；此后由其启动的 Pod 使用新边车。',
  'meshes.default_moves_other':
    '在工作集群 {{clusters}} 中，{{to}} 就绪后 istio-injection=enabled 即指 {{to}}：之后启动的 Pod 将注入其边车。',
}
