//! The file system on which the database lies: WAL and locks hold on a local one only.

use std::path::Path;

use crate::error::{Result, StoreError};

/// Refuses a folder on a network file system; FUSE may hide one and is let through when asked.
#[cfg(target_os = "linux")]
pub fn require_local(folder: &Path, allow_fuse: bool) -> Result<()> {
    let found = rustix::fs::statfs(folder).map_err(|error| StoreError::from(std::io::Error::from(error)))?;
    // The magic number has 32 bits, whatever the width of the field (statfs(2)).
    match network(found.f_type as u32) {
        Some("FUSE") if allow_fuse => Ok(()),
        Some(name) => Err(StoreError::Network(name)),
        None => Ok(()),
    }
}

/// Elsewhere the kinds of file systems are not known; the folder is taken as local.
#[cfg(not(target_os = "linux"))]
pub fn require_local(_: &Path, _: bool) -> Result<()> {
    Ok(())
}

/// The name of a file system that may be shared by several hosts, by its magic number (linux/magic.h and
/// the kernel's `fs/smb/client`).
#[cfg(target_os = "linux")]
fn network(magic: u32) -> Option<&'static str> {
    match magic {
        0xFF53_4D42 => Some("CIFS"),
        0xFE53_4D42 => Some("SMB2"),
        0x517B => Some("SMB"),
        0x6969 => Some("NFS"),
        0x6573_5546 => Some("FUSE"),
        0x0102_1997 => Some("9P"),
        0x00C3_6400 => Some("CEPH"),
        0x5346_414F => Some("AFS"),
        0x7375_7245 => Some("CODA"),
        0x0BD0_0BD0 => Some("LUSTRE"),
        0x0116_1970 => Some("GFS2"),
        0x7461_636F => Some("OCFS2"),
        _ => None,
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_from_local_disks() {
        let shares: Vec<_> = [0xFF53_4D42, 0xFE53_4D42, 0x6969, 0x6573_5546, 0x0102_1997].map(network).into();
        assert_eq!(shares, [Some("CIFS"), Some("SMB2"), Some("NFS"), Some("FUSE"), Some("9P")]);
        // ext4, XFS, btrfs, tmpfs, overlayfs
        for local in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630] {
            assert_eq!(network(local), None, "{local:x}");
        }
    }

    #[test]
    fn a_folder_of_the_kernel_is_local_and_a_missing_one_is_told() {
        assert!(require_local(Path::new("/proc"), false).is_ok());
        assert!(matches!(require_local(Path::new("/proc/none/none"), false), Err(StoreError::Missing)));
    }
}
