// A descriptor that goes from launch to the grader, over a socket between the two: SCM_RIGHTS, unix(7). In a header
// alone, since launch links no library. Safe from any thread.
#pragma once

#include <poll.h>
#include <sys/socket.h>

#include <cstring>

// One byte, and room for one descriptor beside it. The message points into itself.
struct DescriptorMessage {
    char byte = 's';
    iovec data{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};

    DescriptorMessage() {
        message.msg_iov = &data;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
    }
    DescriptorMessage(const DescriptorMessage&) = delete;
    DescriptorMessage& operator=(const DescriptorMessage&) = delete;
};

// False, and errno, where the system refuses.
inline bool send_descriptor(int socket, int descriptor) {
    DescriptorMessage sent;
    cmsghdr* header = CMSG_FIRSTHDR(&sent.message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    // By a call that the filter never puts before the grader: one of these is the grader's way to answer at all.
    mmsghdr one{sent.message, 0};
    return sendmmsg(socket, &one, 1, 0) == 1;
}

// Closed by exec. -1 where the other end was closed before it sent one, or nothing came for so many seconds.
inline int receive_descriptor(int socket, int patience) {
    DescriptorMessage received;
    pollfd ready{socket, POLLIN, 0};
    if (poll(&ready, 1, patience * 1000) != 1) return -1;
    if (recvmsg(socket, &received.message, MSG_CMSG_CLOEXEC) != 1) return -1;
    const cmsghdr* header = CMSG_FIRSTHDR(&received.message);
    if (!header || header->cmsg_type != SCM_RIGHTS) return -1;
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    return descriptor;
}
