import { join } from 'node:path';

export interface CephPlan {
  readonly dataDir: string;
  readonly fsid: string;
  readonly monitorPort: number;
  readonly gatewayPort: number;
}

/**
 * The smallest Ceph that serves S3: one monitor, one OSD on a sparse file, one RADOS gateway, all on 127.0.0.1, one
 * copy of everything. For tests and for trying out on one machine. Without `tcp_nodelay` each answer with a body waits
 * 40 ms for the client's acknowledgement of its head.
 */
export function cephConfig({ dataDir, fsid, monitorPort, gatewayPort }: CephPlan): string {
  const at = (name: string): string => join(dataDir, name);
  return `[global]
fsid = ${fsid}
keyring = ${at('keyring')}
mon host = v2:127.0.0.1:${monitorPort}
mon initial members = a
public addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
ms bind msgr1 = false
run dir = ${at('run')}
admin socket =
pid file =
log file = ${at('log')}/$name.log
log to stderr = false
err to stderr = false
mon cluster log file = /dev/null
crash dir = ${at('run')}
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon client hunt interval = 0.5
mon client hunt interval backoff = 1
objecter tick interval = 0.25
objecter timeout = 1
[mon]
paxos propose interval = 0.05
paxos min wait = 0.01
mon data = ${at('mon')}
mon data avail warn = 1
mon data avail crit = 1
[osd]
osd data = ${at('osd')}
osd objectstore = bluestore
osd op num shards = 1
osd op num threads per shard = 4
osd fast shutdown = true
osd fast shutdown notify mon = false
osd crush initial weight = 1
osd class update on start = false
bluestore block size = 10737418240
bluestore cache autotune = false
bluestore cache size = 67108864
[client]
rgw data = ${at('rgw')}
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort} tcp_nodelay=1
rgw rados pool pg num min = 1
rgw enable usage log = false
rgw enable apis = s3
rgw thread pool size = 32
rgw run sync thread = false
rgw override bucket index max shards = 1
rgw dynamic resharding = false
rgw enable quota threads = false
rgw enable lc threads = false
`;
}

/** Who may do what inside the cluster; the monitor takes these keys in when it is made. */
export const CEPH_KEYS: readonly (readonly string[])[] = [
  ['mon.', '--cap', 'mon', 'allow *'],
  ['client.admin', '--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *', '--cap', 'mgr', 'allow *'],
  ['client.rgw', '--cap', 'mon', 'allow rw', '--cap', 'osd', 'allow rwx'],
  ['osd.0', '--cap', 'mon', 'allow profile osd', '--cap', 'osd', 'allow *'],
];
